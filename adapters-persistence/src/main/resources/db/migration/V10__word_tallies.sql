-- A part's tallies stand in one row, a word a place. At a million captions there were more than
-- a million rows, each with its index entry.
ALTER TABLE word_tally RENAME TO single_tally;
DROP INDEX word_tally_preparation;

CREATE TABLE word_tally (
  preparation_key bigint NOT NULL REFERENCES preparation ON DELETE CASCADE,
  words           text[] NOT NULL,
  counts          bigint[] NOT NULL,
  captions        bigint[] NOT NULL,
  first_captions  bigint[] NOT NULL,
  first_tokens    integer[] NOT NULL
);
CREATE INDEX word_tally_preparation ON word_tally (preparation_key);

INSERT INTO word_tally
SELECT preparation_key, array_agg(word), array_agg(count), array_agg(captions),
  array_agg(first_caption), array_agg(first_token)
FROM single_tally GROUP BY preparation_key;
DROP TABLE single_tally;

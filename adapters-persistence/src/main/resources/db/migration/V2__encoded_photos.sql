-- Encoded captions stand a row a photo, found by the number of whatever they hold.

-- words: the photo's captions in dataset order, each its indices as little-endian int32 and a 0
-- behind. The numbers are those of what can be served, over all photos and within the split: of the
-- photo, of the photo among those with examples, of its first caption, of its first example; null
-- where nothing can be served.
CREATE TABLE encoded_photo (
  preparation_key           bigint NOT NULL REFERENCES preparation ON DELETE CASCADE,
  photo_id                  text COLLATE "C" NOT NULL,
  split                     text,
  content                   bytea,
  words                     bytea NOT NULL,
  captions                  integer NOT NULL,
  examples                  bigint NOT NULL,
  all_photo                 bigint,
  all_photo_with_examples   bigint,
  all_caption               bigint,
  all_example               bigint,
  split_photo               bigint,
  split_photo_with_examples bigint,
  split_caption             bigint,
  split_example             bigint,
  PRIMARY KEY (preparation_key, photo_id)
);

-- The numbers of a split's captions with so many examples, in rising order, a run a row: int32,
-- big-endian; the first of them has the rank first_rank among all of these. The split 'all' stands
-- for all photos.
CREATE TABLE caption_run (
  preparation_key bigint NOT NULL REFERENCES preparation ON DELETE CASCADE,
  split           text NOT NULL,
  examples        integer NOT NULL,
  first_rank      bigint NOT NULL,
  captions        bytea NOT NULL,
  PRIMARY KEY (preparation_key, split, examples, first_rank)
);

INSERT INTO encoded_photo
SELECT preparation_key, photo_id, split, content,
  string_agg(words || '\x00000000'::bytea, ''::bytea ORDER BY ordinal), count(*), sum(examples),
  CASE WHEN content IS NOT NULL THEN
    count(content) OVER earlier - 1 END,
  CASE WHEN content IS NOT NULL THEN
    coalesce(sum(CASE WHEN sum(examples) > 0 THEN 1 END) FILTER (WHERE content IS NOT NULL)
      OVER before, 0) END,
  CASE WHEN content IS NOT NULL THEN
    coalesce(sum(count(*)) FILTER (WHERE content IS NOT NULL) OVER before, 0) END,
  CASE WHEN content IS NOT NULL THEN
    coalesce(sum(sum(examples)) FILTER (WHERE content IS NOT NULL) OVER before, 0) END,
  CASE WHEN content IS NOT NULL AND split IS NOT NULL THEN
    count(content) OVER earlier_in_split - 1 END,
  CASE WHEN content IS NOT NULL AND split IS NOT NULL THEN
    coalesce(sum(CASE WHEN sum(examples) > 0 THEN 1 END) FILTER (WHERE content IS NOT NULL)
      OVER before_in_split, 0) END,
  CASE WHEN content IS NOT NULL AND split IS NOT NULL THEN
    coalesce(sum(count(*)) FILTER (WHERE content IS NOT NULL) OVER before_in_split, 0) END,
  CASE WHEN content IS NOT NULL AND split IS NOT NULL THEN
    coalesce(sum(sum(examples)) FILTER (WHERE content IS NOT NULL) OVER before_in_split, 0) END
FROM encoded_caption
GROUP BY preparation_key, photo_id, split, content
WINDOW
  earlier AS (PARTITION BY preparation_key ORDER BY photo_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
  before AS (PARTITION BY preparation_key ORDER BY photo_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
  earlier_in_split AS (PARTITION BY preparation_key, split ORDER BY photo_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
  before_in_split AS (PARTITION BY preparation_key, split ORDER BY photo_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

WITH servable AS (
  SELECT preparation_key, split, examples, photo_id, ordinal,
    row_number() OVER (PARTITION BY preparation_key ORDER BY photo_id, ordinal) - 1 AS in_all,
    row_number() OVER (PARTITION BY preparation_key, split ORDER BY photo_id, ordinal) - 1
      AS in_split
  FROM encoded_caption WHERE content IS NOT NULL),
numbered AS (
  SELECT preparation_key, 'all' AS split, examples, in_all AS number FROM servable
  UNION ALL
  SELECT preparation_key, split, examples, in_split FROM servable WHERE split IS NOT NULL),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY preparation_key, split, examples ORDER BY number) - 1
    AS rank FROM numbered)
INSERT INTO caption_run
SELECT preparation_key, split, examples, min(rank),
  string_agg(int4send(number::integer), ''::bytea ORDER BY number)
FROM ranked GROUP BY preparation_key, split, examples, rank / 256;

DROP TABLE encoded_caption;

CREATE INDEX encoded_photo_content ON encoded_photo (preparation_key, content);
CREATE INDEX encoded_photo_all_photo ON encoded_photo (preparation_key, all_photo);
CREATE INDEX encoded_photo_all_caption ON encoded_photo (preparation_key, all_caption);
CREATE INDEX encoded_photo_all_photo_with_examples
  ON encoded_photo (preparation_key, all_photo_with_examples) WHERE examples > 0;
CREATE INDEX encoded_photo_all_example ON encoded_photo (preparation_key, all_example)
  WHERE examples > 0;
CREATE INDEX encoded_photo_split_photo ON encoded_photo (preparation_key, split, split_photo);
CREATE INDEX encoded_photo_split_caption ON encoded_photo (preparation_key, split, split_caption);
CREATE INDEX encoded_photo_split_photo_with_examples
  ON encoded_photo (preparation_key, split, split_photo_with_examples) WHERE examples > 0;
CREATE INDEX encoded_photo_split_example ON encoded_photo (preparation_key, split, split_example)
  WHERE examples > 0;
ANALYZE encoded_photo;
ANALYZE caption_run;

-- What a preparation's figures did not hold yet: how many captions have so many examples.
UPDATE preparation SET figures = (
  SELECT jsonb_object_agg(key, value || jsonb_build_object('captionsByExamples', coalesce(
    (SELECT jsonb_object_agg(examples, captions) FROM (
      SELECT r.examples, sum(octet_length(r.captions) / 4) AS captions FROM caption_run AS r
      WHERE r.preparation_key = preparation.key AND r.split = figure.key GROUP BY r.examples
    ) AS by_examples), '{}'::jsonb)))
  FROM jsonb_each(figures) AS figure)
WHERE figures IS NOT NULL;

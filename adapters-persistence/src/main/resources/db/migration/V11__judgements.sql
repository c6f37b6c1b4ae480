-- How people judged captions. The files that say so are a data set's annotations.
ALTER TABLE dataset ADD COLUMN annotations jsonb NOT NULL DEFAULT '{}';
ALTER TABLE snapshot ADD COLUMN annotations_sha256 jsonb;

-- By which the caption file tells a photo's captions apart, if it does: 2 in name.jpg#2.
ALTER TABLE caption ADD COLUMN number integer;

-- A photo that people looked at, and a caption that they judged for it: the one of that ordinal,
-- which was written for the photo in described, often another one. The scores of three experts, the
-- answers of some of a crowd; null where nobody was asked.
CREATE TABLE judgement (
  snapshot_id bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
  photo_id    text COLLATE "C" NOT NULL,
  ordinal     bigint NOT NULL,
  described   text COLLATE "C" NOT NULL,
  score_1     integer,
  score_2     integer,
  score_3     integer,
  yes         integer,
  no          integer,
  PRIMARY KEY (snapshot_id, photo_id, ordinal)
);

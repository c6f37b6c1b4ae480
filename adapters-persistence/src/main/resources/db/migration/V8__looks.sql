-- The files of a data set as a look saw them that found them changed, and whether a job was submitted
-- for them.
CREATE TABLE dataset_look (
  dataset_id  bigint PRIMARY KEY REFERENCES dataset ON DELETE CASCADE,
  fingerprint text NOT NULL,
  answered    boolean NOT NULL
);

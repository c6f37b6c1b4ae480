-- Of how many photos of a split the references hold an n-gram: those that two or more have. A row
-- for each way to cut the references. Few, so they go with their preparation at once.
CREATE TABLE document_frequencies (
  preparation_key bigint NOT NULL REFERENCES preparation ON DELETE CASCADE,
  split           text NOT NULL,
  reference_text  text NOT NULL,
  words           text NOT NULL,
  photos          integer NOT NULL,
  common          jsonb NOT NULL,
  PRIMARY KEY (preparation_key, split, reference_text, words)
);

-- Scores of captions, kept under names. Few, so they go with their preparation at once.
CREATE TABLE caption_scores (
  preparation_key bigint NOT NULL REFERENCES preparation ON DELETE CASCADE,
  name            text COLLATE "C" NOT NULL,
  split           text NOT NULL,
  reference_text  text NOT NULL,
  words           text NOT NULL,
  created_at      timestamptz NOT NULL,
  photos          integer NOT NULL,
  corpus          jsonb NOT NULL,
  photo_scores    jsonb NOT NULL,
  PRIMARY KEY (preparation_key, name)
);

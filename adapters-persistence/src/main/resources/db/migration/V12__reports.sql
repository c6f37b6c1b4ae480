-- What the reading of the text files tells of an import; null where it was not noted yet.
ALTER TABLE snapshot ADD COLUMN caption_rows bigint, ADD COLUMN encodings jsonb;

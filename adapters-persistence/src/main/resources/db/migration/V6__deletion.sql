-- What is deleted is out of sight at once; its rows, which may be millions, go later, some at a time.

-- A preparation of no job is deleted: nothing finds it, and nothing can publish it.
ALTER TABLE preparation ALTER COLUMN job_id DROP NOT NULL,
  ADD CHECK (published_at IS NULL OR job_id IS NOT NULL);
-- A snapshot of no data set is deleted.
ALTER TABLE snapshot ALTER COLUMN job_id DROP NOT NULL, ALTER COLUMN dataset_id DROP NOT NULL;

-- A job whose preparation was deleted has none, and an equal submission is a new job. Told by the
-- states that do not count, so that it holds for whatever others there are.
DROP INDEX job_identity;
CREATE UNIQUE INDEX job_identity ON job (identity)
  WHERE NOT force AND state NOT IN ('FAILED', 'CANCELLED')
    AND (state <> 'SUCCEEDED' OR preparation IS NOT NULL);

-- Found by content alone too.
ALTER TABLE photo_pixels DROP CONSTRAINT photo_pixels_pkey, ADD PRIMARY KEY (content, rendering);
ALTER TABLE photo_features DROP CONSTRAINT photo_features_pkey,
  ADD PRIMARY KEY (content, extractor_id, layer, rendering, stored);
CREATE INDEX photo_content ON photo (content);

-- Contents that something ceased to refer to, so that pixels and features may have become useless.
-- waits_for: a preparation in the making that refers to the content and does not say yet which
-- features it needs.
CREATE TABLE loose_content (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  content   bytea NOT NULL,
  waits_for bigint REFERENCES preparation ON DELETE SET NULL
);
CREATE INDEX loose_content_ready ON loose_content (id) WHERE waits_for IS NULL;
CREATE INDEX loose_content_waiting ON loose_content (waits_for) WHERE waits_for IS NOT NULL;

CREATE FUNCTION note_loose_content() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO loose_content (content)
    SELECT DISTINCT content FROM gone WHERE content IS NOT NULL;
  RETURN NULL;
END
$$;
-- However a row goes: swept, discarded, or with what it belongs to.
CREATE TRIGGER photo_gone AFTER DELETE ON photo
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_loose_content();
CREATE TRIGGER encoded_photo_gone AFTER DELETE ON encoded_photo
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_loose_content();

-- What failed jobs have left so far.
INSERT INTO loose_content (content)
  SELECT DISTINCT content FROM photo_features AS f
    WHERE NOT EXISTS (SELECT FROM encoded_photo AS e WHERE e.content = f.content)
  UNION
  SELECT content FROM photo_pixels AS p
    WHERE NOT EXISTS (SELECT FROM photo WHERE photo.content = p.content);

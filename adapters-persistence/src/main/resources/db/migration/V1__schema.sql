-- Photo ids compare byte by byte, as everywhere in Captionary, whatever the database's own locale.

CREATE TABLE dataset (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL UNIQUE,
  format     text NOT NULL,
  photos     text NOT NULL,
  captions   text NOT NULL,
  splits     jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- A job: one run of a recipe over a data set.
CREATE TABLE job (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dataset_id  bigint NOT NULL REFERENCES dataset,
  recipe      jsonb NOT NULL,
  force       boolean NOT NULL,
  identity    text NOT NULL,
  state       text NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  snapshot_id bigint,
  preparation text,
  error       text,
  created_at  timestamptz NOT NULL,
  started_at  timestamptz,
  ended_at    timestamptz
);
CREATE INDEX job_dataset ON job (dataset_id, id);
-- Two equal submissions give one job.
CREATE UNIQUE INDEX job_identity ON job (identity)
  WHERE NOT force AND state IN ('QUEUED', 'RUNNING', 'SUCCEEDED');

CREATE TABLE job_step (
  job_id       bigint NOT NULL REFERENCES job ON DELETE CASCADE,
  step         text NOT NULL,
  done         bigint NOT NULL,
  total        bigint NOT NULL,
  started_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  resumed_at   timestamptz NOT NULL,
  resumed_done bigint NOT NULL,
  PRIMARY KEY (job_id, step)
);

-- A snapshot: a data set's photos and captions as one import found them.
CREATE TABLE snapshot (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dataset_id      bigint NOT NULL REFERENCES dataset,
  job_id          bigint NOT NULL UNIQUE REFERENCES job,
  fingerprint     text NOT NULL,
  captions_sha256 text,
  splits_sha256   jsonb,
  content         text
);
CREATE INDEX snapshot_dataset ON snapshot (dataset_id, id);
ALTER TABLE job ADD FOREIGN KEY (snapshot_id) REFERENCES snapshot ON DELETE SET NULL;

CREATE TABLE caption (
  snapshot_id bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
  photo_id    text COLLATE "C" NOT NULL,
  ordinal     bigint NOT NULL,
  text        text NOT NULL,
  PRIMARY KEY (snapshot_id, photo_id, ordinal)
);

CREATE TABLE photo_split (
  snapshot_id bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
  photo_id    text COLLATE "C" NOT NULL,
  split       text NOT NULL,
  PRIMARY KEY (snapshot_id, photo_id)
);

-- A photo file that could be decoded; content is the SHA-256 of its bytes.
CREATE TABLE photo (
  snapshot_id bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
  photo_id    text COLLATE "C" NOT NULL,
  file_name   text COLLATE "C" NOT NULL,
  size        bigint NOT NULL,
  modified    timestamptz NOT NULL,
  content     bytea NOT NULL,
  PRIMARY KEY (snapshot_id, photo_id)
);
CREATE UNIQUE INDEX photo_file ON photo (snapshot_id, file_name);

CREATE TABLE rejected_input (
  snapshot_id bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
  kind        text NOT NULL,
  source      text COLLATE "C" NOT NULL,
  line        bigint,
  text        text NOT NULL,
  reason      text NOT NULL
);
CREATE INDEX rejected_input_source ON rejected_input (snapshot_id, kind, source, line);

-- Pixels and features belong to a photo's content, not to a data set. Neither compresses: photo
-- noise and floats; EXTERNAL spares the attempt.
CREATE TABLE photo_pixels (
  content bytea PRIMARY KEY,
  rgb     bytea NOT NULL
);
ALTER TABLE photo_pixels ALTER COLUMN rgb SET STORAGE EXTERNAL;

CREATE TABLE extractor (
  id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  extractor      text NOT NULL,
  weights        text NOT NULL,
  weights_sha256 text NOT NULL,
  precision      text NOT NULL,
  UNIQUE (extractor, weights, weights_sha256, precision)
);

CREATE TABLE photo_features (
  extractor_id integer NOT NULL REFERENCES extractor,
  layer        text NOT NULL,
  content      bytea NOT NULL,
  data         bytea NOT NULL,
  PRIMARY KEY (extractor_id, layer, content)
);
ALTER TABLE photo_features ALTER COLUMN data SET STORAGE EXTERNAL;
-- A row of layer avg has 2 KB: kept in the page, it is read in one step.
ALTER TABLE photo_features SET (toast_tuple_target = 4096);

-- A preparation; readers see it once it is published.
CREATE TABLE preparation (
  key             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id          bigint NOT NULL UNIQUE REFERENCES job,
  id              text,
  published_at    timestamptz,
  dataset         text,
  recipe          jsonb,
  vocabulary_size integer,
  max_length      integer,
  empty_captions  bigint,
  figures         jsonb,
  extractor_id    integer REFERENCES extractor,
  provenance      jsonb,
  CHECK (published_at IS NULL OR (id IS NOT NULL AND dataset IS NOT NULL AND recipe IS NOT NULL
    AND vocabulary_size IS NOT NULL AND max_length IS NOT NULL AND empty_captions IS NOT NULL
    AND figures IS NOT NULL AND provenance IS NOT NULL))
);
CREATE UNIQUE INDEX preparation_id ON preparation (id) WHERE published_at IS NOT NULL;

CREATE TABLE clean_caption (
  preparation_key bigint NOT NULL REFERENCES preparation ON DELETE CASCADE,
  photo_id        text COLLATE "C" NOT NULL,
  ordinal         bigint NOT NULL,
  rank            bigint NOT NULL,
  split           text,
  content         bytea,
  tokens          text NOT NULL,
  PRIMARY KEY (preparation_key, photo_id, ordinal)
);
CREATE INDEX clean_caption_rank ON clean_caption (preparation_key, rank, ordinal);

CREATE TABLE vocabulary (
  preparation_key   bigint PRIMARY KEY REFERENCES preparation ON DELETE CASCADE,
  max_length        integer NOT NULL,
  out_of_vocabulary boolean NOT NULL,
  captions          bigint NOT NULL
);

CREATE TABLE vocabulary_word (
  preparation_key bigint NOT NULL REFERENCES vocabulary ON DELETE CASCADE,
  position        integer NOT NULL,
  word            text NOT NULL,
  count           bigint NOT NULL,
  captions        bigint NOT NULL,
  PRIMARY KEY (preparation_key, position)
);

-- words: indices as little-endian int32. The example and photo numbers are those of servable
-- examples, over all photos and within the split; null where nothing can be served.
CREATE TABLE encoded_caption (
  preparation_key bigint NOT NULL REFERENCES preparation ON DELETE CASCADE,
  photo_id        text COLLATE "C" NOT NULL,
  ordinal         bigint NOT NULL,
  split           text,
  content         bytea,
  words           bytea NOT NULL,
  examples        integer NOT NULL,
  all_example     bigint,
  all_photo       bigint,
  split_example   bigint,
  split_photo     bigint,
  PRIMARY KEY (preparation_key, photo_id, ordinal)
);
CREATE INDEX encoded_caption_all_example ON encoded_caption (preparation_key, all_example)
  WHERE examples > 0;
CREATE INDEX encoded_caption_split_example ON encoded_caption (preparation_key, split, split_example)
  WHERE examples > 0;
CREATE INDEX encoded_caption_all_photo ON encoded_caption (preparation_key, all_photo)
  WHERE examples > 0;
CREATE INDEX encoded_caption_split_photo ON encoded_caption (preparation_key, split, split_photo)
  WHERE examples > 0;
CREATE INDEX encoded_caption_content ON encoded_caption (preparation_key, content);

-- The table of db-scheduler, as its documentation gives it for PostgreSQL.
CREATE TABLE scheduled_tasks (
  task_name            text NOT NULL,
  task_instance        text NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC);

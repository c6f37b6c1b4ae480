-- Jobs in chunks that any node may take, and that can be held back.
ALTER TABLE job DROP CONSTRAINT job_state_check, ADD CONSTRAINT job_state_check
  CHECK (state IN ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED'));
ALTER TABLE job ADD COLUMN extractor_id integer REFERENCES extractor;
ALTER TABLE job ADD COLUMN phase text;

-- What was under way was not cut into chunks. Pixels and features that it made are found again.
UPDATE job SET state = 'FAILED', ended_at = now(), error =
  'the service was upgraded while this job was under way: submit it again; '
  'what it has decoded and extracted is kept'
WHERE state IN ('QUEUED', 'RUNNING');
DELETE FROM preparation WHERE published_at IS NULL;
DELETE FROM snapshot WHERE content IS NULL;
DELETE FROM scheduled_tasks WHERE task_name = 'prepare';

DROP INDEX job_identity;
CREATE UNIQUE INDEX job_identity ON job (identity)
  WHERE NOT force AND state IN ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED');

-- kept: what needed no work; what chunks have done comes on top. A step that is over is done.
ALTER TABLE job_step DROP COLUMN resumed_at, DROP COLUMN resumed_done;
ALTER TABLE job_step RENAME COLUMN done TO kept;
UPDATE job_step SET kept = 0 WHERE ended_at IS NOT NULL;

-- What each node did in a step that is over.
CREATE TABLE job_step_node (
  job_id bigint NOT NULL,
  step   text NOT NULL,
  node   text NOT NULL,
  done   bigint NOT NULL,
  PRIMARY KEY (job_id, step, node),
  FOREIGN KEY (job_id, step) REFERENCES job_step ON DELETE CASCADE
);

-- attempt tells who has taken a chunk up from those before; held: somebody has, and has neither
-- given it back nor finished it.
CREATE TABLE job_chunk (
  job_id    bigint NOT NULL REFERENCES job ON DELETE CASCADE,
  phase     text NOT NULL,
  number    integer NOT NULL,
  arguments text[] NOT NULL,
  node      text,
  attempt   integer NOT NULL DEFAULT 0,
  held      boolean NOT NULL DEFAULT false,
  vanished  integer NOT NULL DEFAULT 0,
  failures  integer NOT NULL DEFAULT 0,
  suspects  text[] NOT NULL DEFAULT '{}',
  done_at   timestamptz,
  units     bigint NOT NULL DEFAULT 0,
  result    text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (job_id, phase, number)
);
CREATE INDEX job_chunk_open ON job_chunk (job_id, phase) WHERE done_at IS NULL;

-- Why an attempt at a chunk came to nothing.
CREATE TABLE job_failure (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id  bigint NOT NULL REFERENCES job ON DELETE CASCADE,
  phase   text NOT NULL,
  number  integer NOT NULL,
  attempt integer NOT NULL,
  node    text NOT NULL,
  at      timestamptz NOT NULL,
  cause   text NOT NULL
);
CREATE INDEX job_failure_job ON job_failure (job_id, id);

-- How often words stand in a part of the captions, until the vocabulary is made.
CREATE TABLE word_tally (
  preparation_key bigint NOT NULL REFERENCES preparation ON DELETE CASCADE,
  word            text NOT NULL,
  count           bigint NOT NULL,
  captions        bigint NOT NULL,
  first_caption   bigint NOT NULL,
  first_token     integer NOT NULL
);
CREATE INDEX word_tally_preparation ON word_tally (preparation_key);

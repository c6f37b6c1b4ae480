-- What is done once on all nodes whenever its trigger fires, and the fire time that was claimed last.
CREATE TABLE duty (
  name     text PRIMARY KEY,
  fired_at timestamptz NOT NULL
);

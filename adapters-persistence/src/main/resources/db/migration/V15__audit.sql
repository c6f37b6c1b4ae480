-- What admins did. outcome is the answer's status; null while it is under way.
CREATE TABLE audit_entry (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL,
  who     text NOT NULL,
  address text NOT NULL,
  action  text NOT NULL,
  target  text NOT NULL,
  outcome integer
);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- Tokens that admins made, by the SHA-256 of each. A name is never given twice, so that the audit log
-- means one token by it: revoked ones stay.
CREATE TABLE access_token (
  name       text COLLATE "C" PRIMARY KEY,
  role       text NOT NULL,
  hash       bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz
);

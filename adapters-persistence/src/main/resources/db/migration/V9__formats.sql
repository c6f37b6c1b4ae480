-- Captions of some formats lie beside the photos.
ALTER TABLE dataset ALTER COLUMN captions DROP NOT NULL;

-- Features belong also to the type that they are kept in. All that was kept so far is float32.
ALTER TABLE photo_features ADD COLUMN stored text COLLATE "C" NOT NULL DEFAULT 'float32';
ALTER TABLE photo_features DROP CONSTRAINT photo_features_pkey,
  ADD PRIMARY KEY (extractor_id, layer, rendering, stored, content);

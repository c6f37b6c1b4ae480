-- Pixels and features belong to a photo's content and to how the photo was turned and resized. All
-- that was made so far was made as Keras does by default.
ALTER TABLE photo_pixels ADD COLUMN rendering text COLLATE "C" NOT NULL DEFAULT 'nearest';
ALTER TABLE photo_pixels DROP CONSTRAINT photo_pixels_pkey, ADD PRIMARY KEY (rendering, content);

ALTER TABLE photo_features ADD COLUMN rendering text COLLATE "C" NOT NULL DEFAULT 'nearest';
ALTER TABLE photo_features DROP CONSTRAINT photo_features_pkey,
  ADD PRIMARY KEY (extractor_id, layer, rendering, content);

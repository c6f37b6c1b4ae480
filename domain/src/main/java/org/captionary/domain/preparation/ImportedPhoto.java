package org.captionary.domain.preparation;

import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;

/** A photo file that was decoded without fault. */
public record ImportedPhoto(
    PhotoId id, String fileName, DatasetFiles.FileStamp stamp, ContentHash content) {}

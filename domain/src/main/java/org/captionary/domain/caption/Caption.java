package org.captionary.domain.caption;

import org.captionary.domain.photo.PhotoId;

/**
 * A caption as it stands in the caption file.
 *
 * @param ordinal its place in dataset order, from 0; rows that were rejected take none
 * @param text may be empty; holds no line break
 */
public record Caption(PhotoId photo, long ordinal, String text) {}

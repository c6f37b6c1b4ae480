package org.captionary.domain.caption;

import org.captionary.domain.photo.PhotoId;

/**
 * A photo and a caption that was judged for it.
 *
 * @param photo that people looked at
 * @param described the photo that the caption was written for; often another one
 * @param ordinal of the caption
 */
public record JudgedPair(PhotoId photo, PhotoId described, long ordinal, Judgement judgement) {}

package org.captionary.domain.photo;

/**
 * All that decides a photo's features besides its pixels. Features of two identities never mix.
 *
 * @param extractor the network, such as {@code vgg16}
 * @param weights what the weights are called: {@code untrained}, {@code imagenet} or a file's name
 * @param weightsSha256 of the kernels and biases, layer by layer, little-endian float32
 * @param precision of the arithmetic, such as {@code float32}
 */
public record ExtractorIdentity(
    String extractor, String weights, ContentHash weightsSha256, String precision) {}

package org.captionary.domain.preparation;

import java.time.Instant;

/**
 * Why an attempt at a chunk came to nothing.
 *
 * @param node that made it
 */
public record ChunkFailure(ChunkId chunk, int attempt, String node, Instant at, String cause) {}

package org.captionary.domain.preparation;

import java.time.Instant;

/**
 * Why an attempt at a chunk came to nothing.
 *
 * @param attempt 0 if the chunk is done, and what follows it could not begin
 * @param node that made it
 */
public record ChunkFailure(ChunkId chunk, int attempt, String node, Instant at, String cause) {}

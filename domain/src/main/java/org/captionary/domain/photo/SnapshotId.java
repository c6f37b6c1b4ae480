package org.captionary.domain.photo;

/** Names a data set's photos and captions as they were found by one import. */
public record SnapshotId(long value) {}

package org.captionary.domain.preparation;

/** Names a job; later jobs have higher numbers. */
public record JobId(long value) {}

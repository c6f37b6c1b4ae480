package org.captionary.domain.training;

/** The element types of arrays in a batch; both of 4 bytes, sent little-endian. */
public enum ElementType {
  FLOAT32,
  INT32;

  public static final int BYTES = 4;
}

package org.captionary.app.sample;

/** How a scene's figures stand to each other and to the ground. */
enum Arrangement {
  /** One figure, in the sky altogether. */
  IN_AIR,
  /** One figure, its foot on the ground. */
  ON_GROUND,
  /** Two of different colours, the first left of the second, on one height. */
  LEFT_OF,
  /** Two of different colours, the first above the second, with a gap. */
  ABOVE,
  /** Two of different colours, the first standing on the second, which stands on the ground. */
  ON_TOP,
  /** Three of different colours in a row, from left to right. */
  BETWEEN,
  /** Three of the same shape, colour and size in a row. */
  ALIKE
}

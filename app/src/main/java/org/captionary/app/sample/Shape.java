package org.captionary.app.sample;

/**
 * What is drawn, each inside the square from (-1, -1) at the top left to (1, 1), with its middle
 * filled. Only {@code + - * /} and comparisons: these give the same result on every machine.
 */
enum Shape {
  CIRCLE("circle", "circles", false) {
    @Override
    boolean covers(double x, double y) {
      return x * x + y * y <= 1;
    }
  },
  SQUARE("square", "squares", true) {
    @Override
    boolean covers(double x, double y) {
      return true;
    }
  },
  TRIANGLE("triangle", "triangles", false) {
    @Override
    boolean covers(double x, double y) {
      return Math.abs(x) <= (y + 1) / 2;
    }
  },
  DIAMOND("diamond", "diamonds", false) {
    @Override
    boolean covers(double x, double y) {
      return Math.abs(x) + Math.abs(y) <= 1;
    }
  },
  CROSS("cross", "crosses", true) {
    @Override
    boolean covers(double x, double y) {
      return Math.abs(x) <= 0.36 || Math.abs(y) <= 0.36;
    }
  },
  STAR("star", "stars", false) {
    @Override
    boolean covers(double x, double y) {
      return insidePentagram(x * SIN_72, y * (1 + COS_36) / 2 - (1 - COS_36) / 2);
    }
  },
  HEART("heart", "hearts", false) {
    @Override
    boolean covers(double x, double y) {
      double u = x * 1.14;
      double v = 0.11 - y * 1.11;
      double w = u * u + v * v - 1;
      return w * w * w - u * u * v * v * v <= 0;
    }
  };

  // The tips of a five-pointed star; from a table, as Math.sin may differ between machines.
  private static final double COS_36 = 0.8090169943749475;
  private static final double SIN_36 = 0.5877852522924731;
  private static final double COS_72 = 0.30901699437494745;
  private static final double SIN_72 = 0.9510565162951535;

  private final String singular;
  private final String plural;
  private final boolean flatTop;

  Shape(String singular, String plural, boolean flatTop) {
    this.singular = singular;
    this.plural = plural;
    this.flatTop = flatTop;
  }

  /** Whether the point, -1 to 1 both ways and y downwards, belongs to the shape. */
  abstract boolean covers(double x, double y);

  String singular() {
    return singular;
  }

  String plural() {
    return plural;
  }

  /** Whether another shape can stand on it. */
  boolean flatTop() {
    return flatTop;
  }

  /**
   * Whether a point is in the pentagram whose tips are on the unit circle, one of them on top: it
   * is if at least four of the five lines that join the tips have it on their inner side.
   */
  private static boolean insidePentagram(double x, double y) {
    int inside = -y <= COS_72 ? 1 : 0;
    inside += x * SIN_72 - y * COS_72 <= COS_72 ? 1 : 0;
    inside += -x * SIN_72 - y * COS_72 <= COS_72 ? 1 : 0;
    inside += x * SIN_36 + y * COS_36 <= COS_72 ? 1 : 0;
    inside += -x * SIN_36 + y * COS_36 <= COS_72 ? 1 : 0;
    return inside >= 4;
  }
}

package org.captionary.inference.photo;

/** The segments of a JPEG that stand before its first scan. */
final class JpegSegments {

  private static final int FIRST_RESTART = 0xD0;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;

  private JpegSegments() {}

  /** Takes the payload of each segment. */
  interface Visitor {

    /**
     * @param marker its second byte
     * @param at where the payload begins
     * @param length of the payload
     */
    void visit(int marker, int at, int length);
  }

  /** Stops where segments make no sense, or one is cut short. */
  static void forEach(byte[] file, Visitor visitor) {
    int at = 2;
    while (at + 4 <= file.length) {
      int marker = unsigned(file, at + 1);
      if (unsigned(file, at) != 0xFF || marker == 0xFF) {
        at++; // fill bytes before a marker
        continue;
      }
      if (marker == SOS) {
        return;
      }
      int length = unsigned(file, at + 2) << 8 | unsigned(file, at + 3);
      if (length >= 2 && at + 2 + length <= file.length) {
        visitor.visit(marker, at + 4, length - 2);
      }
      at += 2 + length;
    }
  }

  /** How many scans there are up to the end of the picture; other files may stand behind it. */
  static int scans(byte[] file) {
    int scans = 0;
    int at = nextMarker(file, 2);
    while (at + 4 <= file.length && unsigned(file, at + 1) != EOI) {
      scans += unsigned(file, at + 1) == SOS ? 1 : 0;
      at = nextMarker(file, at + 2 + (unsigned(file, at + 2) << 8 | unsigned(file, at + 3)));
    }
    return scans;
  }

  /** Passes over a scan's data, in which 0xFF stands before 0 or the number of a restart. */
  private static int nextMarker(byte[] file, int from) {
    int at = from;
    while (at + 1 < file.length && !(unsigned(file, at) == 0xFF && isMarker(file[at + 1]))) {
      at++;
    }
    return at;
  }

  private static boolean isMarker(byte second) {
    return second != 0 && second != (byte) 0xFF && (second & 0xF8) != FIRST_RESTART;
  }

  static boolean says(byte[] file, int at, int length, String word) {
    if (length < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (file[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static int unsigned(byte[] file, int at) {
    return file[at] & 0xff;
  }
}

package org.captionary.persistence.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of an archive's members. */
final class MemberNames {

  /** In bytes of UTF-8. A b-tree of PostgreSQL takes rows of up to 2,700 bytes. */
  private static final int LONGEST = 1_024;

  private static final int SHOWN = 200;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private MemberNames() {}

  /** Without {@code ./} before it, which means nothing. */
  static String plain(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  /** Why a name, already {@link #plain}, is none that a photo can have. */
  static Optional<String> fault(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return Optional.of("its name is longer than " + LONGEST + " bytes");
    }
    if (name.indexOf('\0') >= 0) {
      return Optional.of("its name holds a NUL character");
    }
    if (name.indexOf('\\') >= 0) {
      return Optional.of("its name holds a backslash");
    }
    if (name.startsWith("/") || DRIVE.matcher(name).matches()) {
      return Optional.of("its name is an absolute path");
    }
    boolean leads = Arrays.stream(name.split("/", -1)).anyMatch(MemberNames::isStep);
    return leads ? Optional.of("its name holds an empty segment, . or ..") : Optional.empty();
  }

  /** For a row of the quarantine. */
  static String shown(String name) {
    return name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
  }

  private static boolean isStep(String segment) {
    return segment.isEmpty() || segment.equals(".") || segment.equals("..");
  }
}

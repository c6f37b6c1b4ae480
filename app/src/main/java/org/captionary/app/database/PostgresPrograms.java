package org.captionary.app.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.captionary.app.StartupException;
import org.captionary.app.secret.PrivateFiles;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, unpacked from the archive that the jar brings for this platform. They
 * lie in a directory named by the archive's SHA-256, which appears whole or not at all, and which
 * only this user may write.
 */
final class PostgresPrograms {

  private static final String PREFIX = "programs-";
  private static final String DRAFT_PREFIX = ".programs-";
  private static final int HASH_CHARACTERS = 16;
  private static final int OWNER_EXECUTES = 0100;

  private PostgresPrograms() {}

  /** The directory that holds {@code bin}, {@code lib} and {@code share}; unpacked if need be. */
  static Path unpackBelow(Path parent) throws IOException {
    String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path programs = parent.resolve(PREFIX + hash(archive));
    if (!Files.isDirectory(programs)) {
      deleteDrafts(parent);
      unpack(archive, parent, programs);
    }
    return programs;
  }

  /** The archive's name for a platform, as the JVM names it. */
  static String archiveName(String osName, String osArch) {
    return "postgres-%s-%s.txz".formatted(system(osName), processor(osName, osArch));
  }

  private static String system(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return "linux";
    }
    if (name.startsWith("mac")) {
      return "darwin";
    }
    throw unsupported(osName);
  }

  private static String processor(String osName, String osArch) {
    return switch (osArch.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> throw unsupported(osName + " on " + osArch);
    };
  }

  private static StartupException unsupported(String platform) {
    return new StartupException(
        "No PostgreSQL comes with Captionary for %s. Set QUARKUS_DATASOURCE_JDBC_URL to a PostgreSQL 15 or newer of your own."
            .formatted(platform));
  }

  private static InputStream open(String archive) {
    InputStream stream = PostgresPrograms.class.getClassLoader().getResourceAsStream(archive);
    if (stream == null) {
      throw unsupported(archive);
    }
    return new BufferedInputStream(stream, 1 << 16);
  }

  private static String hash(String archive) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(open(archive), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static void unpack(String archive, Path parent, Path programs) throws IOException {
    Path draft = PrivateFiles.createTemporaryDirectory(parent, DRAFT_PREFIX);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, draft);
      }
    }
    Files.move(draft, programs, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path root)
      throws IOException {
    Path target = inside(root, entry.getName());
    if (entry.isDirectory()) {
      PrivateFiles.createDirectories(target);
      return;
    }
    PrivateFiles.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      inside(root, root.relativize(target.resolveSibling(entry.getLinkName())).toString());
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      Files.setPosixFilePermissions(target, permissions(entry.getMode()));
    }
  }

  /** Refuses an entry that would land outside {@code root}. */
  private static Path inside(Path root, String name) throws IOException {
    Path target = root.resolve(name).normalize();
    if (!target.startsWith(root)) {
      throw new IOException("The archive holds an entry outside its root: " + name);
    }
    return target;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if ((mode & OWNER_EXECUTES) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
    }
    return permissions;
  }

  /** Removes what a process that was killed while unpacking left behind. */
  private static void deleteDrafts(Path parent) throws IOException {
    try (Stream<Path> drafts = Directories.startingWith(parent, DRAFT_PREFIX)) {
      for (Path draft : drafts.toList()) {
        Directories.delete(draft);
      }
    }
  }
}

package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Makes an index of a zip archive's directory. Folders have no place in it; a folder that all files
 * lie in is dropped from names where photos lie side by side; what macOS adds is named once.
 */
final class ZipDirectory {

  private static final String OF_MACOS = "__MACOSX/";

  private final boolean nested;
  private final Map<String, ZipMember> members = new HashMap<>();
  private final Map<String, String> faults = new HashMap<>();
  private int ofMacos;

  private ZipDirectory(boolean nested) {
    this.nested = nested;
  }

  /**
   * @param nested whether photos may lie in folders of the archive
   * @throws IOException if this is no whole archive
   */
  static ZipIndex read(SeekableByteChannel archive, boolean nested) throws IOException {
    ZipDirectory directory = new ZipDirectory(nested);
    ZipFile.Builder builder = ZipFile.builder().setIgnoreLocalFileHeader(true);
    try (ZipFile zip = builder.setSeekableByteChannel(archive).get()) {
      Collections.list(zip.getEntries()).forEach(directory::add);
    }
    return directory.index();
  }

  private void add(ZipArchiveEntry entry) {
    String name = MemberNames.plain(name(entry));
    if (name.startsWith(OF_MACOS)) {
      ofMacos++;
    } else if (!entry.isDirectory()) {
      add(name, entry);
    }
  }

  /** The library turns backslashes of DOS into slashes, which may make two names one. */
  private static String name(ZipArchiveEntry entry) {
    String raw = new String(entry.getRawName(), StandardCharsets.UTF_8);
    return raw.indexOf('\\') < 0 ? entry.getName() : raw;
  }

  private void add(String name, ZipArchiveEntry entry) {
    Optional<String> fault = fault(name, entry);
    if (fault.isPresent()) {
      faults.put(MemberNames.shown(name), fault.get());
    } else if (members.put(name, member(entry)) != null) {
      faults.put(name, "the archive holds several files of this name");
    }
  }

  private static Optional<String> fault(String name, ZipArchiveEntry entry) {
    Optional<String> ofName = MemberNames.fault(name);
    if (ofName.isPresent()) {
      return ofName;
    }
    if (entry.isUnixSymlink()) {
      return Optional.of("a symbolic link, not a photo");
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      return Optional.of("encrypted");
    }
    return ZipMember.isReadable(entry.getMethod())
        ? Optional.empty()
        : Optional.of("compressed by method " + entry.getMethod() + "; allowed: 0 and 8 (deflate)");
  }

  private static ZipMember member(ZipArchiveEntry entry) {
    return new ZipMember(
        entry.getLocalHeaderOffset(),
        entry.getSize(),
        entry.getMethod() == ZipArchiveEntry.STORED,
        (int) entry.getCrc());
  }

  private ZipIndex index() {
    members.keySet().removeAll(faults.keySet());
    Map<String, ZipMember> photos = nested ? members : sideBySide();
    if (ofMacos > 0) {
      faults.put("__MACOSX", ofMacos + " files that macOS adds to archives, none of them a photo");
    }
    List<String> names = new ArrayList<>(photos.keySet());
    names.addAll(faults.keySet());
    return new ZipIndex(List.copyOf(PhotoFolder.ordered(names)), photos, faults);
  }

  private Map<String, ZipMember> sideBySide() {
    int prefix = commonFolder().length();
    Map<String, ZipMember> photos = new HashMap<>();
    members.forEach(
        (name, member) -> {
          String below = name.substring(prefix);
          if (below.indexOf('/') < 0) {
            photos.put(below, member);
          } else {
            faults.put(name, "lies in a folder, but photos of this format lie side by side");
          }
        });
    return photos;
  }

  /** With its slash; empty if there is none. */
  private String commonFolder() {
    String any = members.keySet().stream().findAny().orElse("");
    String folder = any.substring(0, any.indexOf('/') + 1);
    return members.keySet().stream().allMatch(name -> name.startsWith(folder)) ? folder : "";
  }
}

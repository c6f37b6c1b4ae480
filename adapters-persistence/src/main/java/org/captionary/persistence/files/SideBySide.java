package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Photos lie in the folder itself. */
final class SideBySide implements FolderLayout {

  @Override
  public List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public boolean leadsBelow(Path name) {
    return name.getNameCount() == 1 && Nested.isPlain(name);
  }

  @Override
  public String reasonForFolder() {
    return "a folder, not a photo";
  }
}

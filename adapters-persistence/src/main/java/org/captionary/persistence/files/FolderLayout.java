package org.captionary.persistence.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.captionary.domain.InvalidInputException;

/** How photos lie below a folder. */
interface FolderLayout {

  /**
   * All that lies there, whatever it is, in any order; a name may come twice.
   *
   * @param folder real path
   * @throws IOException if the folder itself cannot be listed
   * @throws InvalidInputException on field {@code photos} if a folder in it cannot
   */
  List<String> names(Path folder) throws IOException;

  /** Whether a name leads to something below the folder, links aside. */
  boolean leadsBelow(Path name);

  /** Why a folder is no photo. */
  String reasonForFolder();
}

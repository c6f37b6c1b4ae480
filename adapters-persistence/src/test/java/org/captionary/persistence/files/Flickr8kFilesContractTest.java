package org.captionary.persistence.files;

import java.nio.file.Path;
import java.util.List;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.DatasetFilesContract;

class Flickr8kFilesContractTest extends DatasetFilesContract {

  @Override
  protected DatasetFiles files(Path allowed) {
    return DatasetFormats.all(List.of(allowed), 1 << 20).get(0);
  }
}

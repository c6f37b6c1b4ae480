package org.captionary.domain.preparation;

import java.util.List;
import java.util.Optional;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.photo.UnreadablePhotoException;

/** The files of photos that the last import could not use. */
public final class RejectedPhotos {

  private final Ports ports;

  public RejectedPhotos(Ports ports) {
    this.ports = ports;
  }

  /**
   * The bytes of such a file.
   *
   * @param fileName as the quarantine has it
   * @return empty if it is not in the quarantine, or cannot be read at all
   */
  public Optional<byte[]> file(Dataset dataset, String fileName) {
    return ports
        .snapshots()
        .latest(dataset.name())
        .filter(snapshot -> wasRejected(snapshot, fileName))
        .flatMap(snapshot -> read(dataset, fileName));
  }

  private boolean wasRejected(Snapshot snapshot, String fileName) {
    List<String> asked = List.of(fileName);
    return ports.snapshots().handled(snapshot.id(), asked).contains(fileName)
        && ports.snapshots().byFileName(snapshot.id(), asked).isEmpty();
  }

  private Optional<byte[]> read(Dataset dataset, String fileName) {
    try {
      return Optional.of(ports.files(dataset.format()).readPhoto(dataset, fileName));
    } catch (UnreadablePhotoException | InvalidInputException e) {
      return Optional.empty(); // its row in the quarantine says why
    }
  }
}

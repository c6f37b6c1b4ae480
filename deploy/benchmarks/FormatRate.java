import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.Dataset;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.RejectedInput;
import org.captionary.persistence.files.DatasetFormats;

/**
 * Reads a caption file as an import does, without a database: FORMAT FILE PROBE. Prints captions,
 * rejected rows, captions a second, and the live heap in MB after PROBE captions and after 9 PROBE.
 */
final class FormatRate implements DatasetFiles.CaptionSink {

  private final long probe;
  private long captions;
  private long rejected;
  private long probed;
  private double early;
  private double late;

  private FormatRate(long probe) {
    this.probe = probe;
  }

  public static void main(String... arguments) {
    FormatRate rate = new FormatRate(Long.parseLong(arguments[2]));
    Path file = Path.of(arguments[1]).toAbsolutePath();
    DatasetFiles files =
        DatasetFormats.all(List.of(file.getParent()), 1).stream()
            .filter(format -> format.format().equals(arguments[0]))
            .findFirst()
            .orElseThrow();
    long began = System.nanoTime();
    files.readCaptions(new Dataset("d", arguments[0], file, file, Map.of()), rate);
    rate.print(System.nanoTime() - began);
  }

  @Override
  public void caption(PhotoId photo, OptionalInt number, String text) {
    captions++;
    if (captions == probe || captions == 9 * probe) {
      probeHeap();
    }
  }

  private void probeHeap() {
    long began = System.nanoTime();
    early = late;
    late = liveMegabytes();
    probed += System.nanoTime() - began;
  }

  @Override
  public void split(PhotoId photo, Split split, String source, long line, String text) {}

  @Override
  public void encoding(String source, String encoding) {}

  @Override
  public void rejected(RejectedInput row) {
    rejected++;
  }

  private static double liveMegabytes() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1e6;
  }

  private void print(long nanos) {
    double rate = (captions + rejected) / ((nanos - probed) / 1e9);
    System.out.println(captions + " " + rejected + " " + rate + " " + early + " " + late);
  }
}

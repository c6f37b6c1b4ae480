package org.captionary.domain.preparation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.preparation.PreparationExport.Sample;
import org.captionary.domain.training.CaptionLengths;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PhotoBrowserTest {

  private static final List<FeatureLayer> NONE = List.of();

  private final JobScene scene = new JobScene();
  private final Ports ports = scene.ports(scene.repositories.unit());
  private final PhotoBrowser browser = new PhotoBrowser(ports);
  private Preparation preparation;

  @BeforeEach
  void prepare() {
    scene
        .files
        .caption("a.jpg", "A dog!")
        .caption("b.jpg", "Two  Cats .")
        .caption("b1.jpg", "Red birds fly")
        .photo("a.jpg", "of a")
        .photo("b1.jpg", "of b1");
    scene.register();
    preparation = scene.preparation(scene.run(Recipe.TUTORIAL));
  }

  private List<String> from(String first, int photos) {
    return browser.after(preparation, PhotoId.lastBefore(first), photos).stream()
        .map(sample -> sample.photo().photo().value())
        .toList();
  }

  @Test
  void beginsAtAnIdOrBehindIt() {
    assertThat(from("", 10)).containsExactly("a", "b", "b1");
    assertThat(from("b", 1)).containsExactly("b");
    assertThat(from("b0", 10)).containsExactly("b1");
    assertThat(from("c", 10)).isEmpty();
  }

  @Test
  void givesCaptionsOfWhereverItBegins() {
    Sample found = browser.after(preparation, PhotoId.lastBefore("b"), 1).get(0);
    assertThat(found.captions()).containsExactly("Two  Cats .");
    assertThat(found.tokens()).containsExactly(List.of("two", "cats"));
    assertThat(found.encoded().get(0).length()).isEqualTo(2);
    assertThat(found.features()).isEmpty();
  }

  @Test
  void findsAPhotoByItsWholeIdWithTheLayersAskedFor() {
    List<FeatureLayer> layers = List.of(FeatureLayer.AVG);
    assertThat(browser.find(preparation, new PhotoId("b1"), layers).orElseThrow().features())
        .containsOnlyKeys(FeatureLayer.AVG);
    assertThat(browser.find(preparation, new PhotoId("b0"), NONE)).isEmpty();
  }

  @Test
  void givesAFileWhileItIsWhatItWas() {
    assertThat(browser.file(preparation, new PhotoId("a"))).contains("of a".getBytes(UTF_8));
    assertThat(browser.file(preparation, new PhotoId("b"))).isEmpty();
    scene.files.photo("a.jpg", "other");
    assertThat(browser.file(preparation, new PhotoId("a"))).isEmpty();
  }

  @Test
  void countsCaptionsByTheirLength() {
    var lengths = new CaptionLengths(ports.examples()).of(preparation.trainingSet());
    assertThat(lengths).isEqualTo(new TreeMap<>(Map.of(1, 1L, 2, 1L, 3, 1L)));
  }

  @Test
  void rejectedFilesAreThoseOfTheQuarantineAlone() {
    scene.files.photo("bad.jpg", "bad one");
    scene.run(Recipe.TUTORIAL);
    RejectedPhotos rejected = new RejectedPhotos(ports);
    Dataset dataset = ports.datasets().byName(preparation.dataset()).orElseThrow();

    assertThat(rejected.file(dataset, "bad.jpg")).contains("bad one".getBytes(UTF_8));
    assertThat(rejected.file(dataset, "a.jpg")).isEmpty();
    assertThat(rejected.file(dataset, "nowhere.jpg")).isEmpty();
    scene.files.withoutPhoto("bad.jpg");
    assertThat(rejected.file(dataset, "bad.jpg")).isEmpty();
  }
}

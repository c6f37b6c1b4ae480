package org.captionary.domain.preparation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Split;
import org.captionary.domain.preparation.PreparationExport.Sample;
import org.captionary.domain.training.IncompletePreparationException;
import org.junit.jupiter.api.Test;

class PreparationExportTest {

  private static final int PHOTOS = 150; // more than two pages

  private final JobScene scene = new JobScene();
  private final PreparationExport export =
      new PreparationExport(scene.ports(scene.repositories.unit()));

  private Preparation prepared() {
    return prepared(Recipe.TUTORIAL);
  }

  private Preparation prepared(Recipe recipe) {
    scene.register();
    return scene.preparation(scene.run(recipe));
  }

  private List<Sample> samples(Preparation preparation) throws IOException {
    List<Sample> samples = new ArrayList<>();
    export.forEach(preparation, samples::add);
    return samples;
  }

  @Test
  void givesAllOfEachPhotoInTheOrderOfIds() throws IOException {
    scene.files.caption("b.jpg", "A Dog!").caption("a.jpg", "Two  Cats .").split("train", "b.jpg");
    scene.files.photo("b.jpg", "of b");
    List<Sample> samples = samples(prepared());

    assertThat(samples).extracting(s -> s.photo().photo().value()).containsExactly("a", "b");
    assertThat(samples)
        .extracting(Sample::captions)
        .containsExactly(List.of("Two  Cats ."), List.of("A Dog!"));
    assertThat(samples)
        .extracting(Sample::tokens)
        .containsExactly(List.of(List.of("two", "cats")), List.of(List.of("dog")));
    assertThat(samples).extracting(s -> s.encoded().get(0).length()).containsExactly(2, 1);
    assertThat(samples.get(0).features()).isEmpty();
    assertThat(samples.get(1).features().get(FeatureLayer.AVG))
        .hasSize(4 * FeatureLayer.AVG.length());
    assertThat(samples.get(1).photo().split()).contains(new Split("train"));
  }

  @Test
  void givesTheCaptionsThatWereJudgedWhoeverTheyWereWrittenFor() throws IOException {
    scene
        .files
        .caption("a.jpg", "A dog")
        .caption("b.jpg", "Two cats")
        .caption("c.jpg", "Three birds")
        .judged(Annotators.EXPERT, "b.jpg c.jpg#0 4 4 4", "c.jpg a.jpg#0 1 1 1");
    Recipe recipe = RecipeFields.read(Map.of("minExpertScore", 3, "features", "none"));

    List<Sample> samples = samples(prepared(recipe));

    assertThat(samples).extracting(s -> s.photo().photo().value()).containsExactly("b");
    assertThat(samples).extracting(Sample::captions).containsExactly(List.of("Three birds"));
  }

  @Test
  void givesAsManyPhotosAsThereAre() throws IOException {
    for (int i = 0; i < PHOTOS; i++) {
      scene.files.caption(i + ".jpg", "caption " + i);
    }
    assertThat(samples(prepared()))
        .hasSize(PHOTOS)
        .allSatisfy(s -> assertThat(s.captions()).containsExactly("caption " + s.photo().photo()));
  }

  @Test
  void givesAFileWhileItIsWhatItWas() throws IOException {
    scene.files.caption("a.jpg", "A dog").photo("a.jpg", "of a").caption("b.jpg", "no file");
    Preparation preparation = prepared();
    List<Sample> samples = samples(preparation);
    var originals = export.originals(preparation);

    assertThat(originals.apply(samples.get(0).photo())).contains("of a".getBytes(UTF_8));
    assertThat(originals.apply(samples.get(1).photo())).isEmpty();
    scene.files.photo("a.jpg", "other");
    assertThat(originals.apply(samples.get(0).photo())).isEmpty();
    scene.files.withoutPhoto("a.jpg");
    assertThat(originals.apply(samples.get(0).photo())).isEmpty();
  }

  @Test
  void endsWithAFaultOnceThePreparationIsDeleted() {
    scene.files.caption("a.jpg", "A dog");
    Preparation preparation = prepared();
    new Deletion(
            scene.ports(scene.repositories.unit()),
            new CleanUp(scene.ports(scene.repositories.unit())))
        .dataset("d");
    assertThatThrownBy(() -> samples(preparation))
        .isInstanceOf(IncompletePreparationException.class);
  }
}

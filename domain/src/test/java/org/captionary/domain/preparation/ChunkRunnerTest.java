package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionRepository.Description;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.Resize;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.photo.StoredType;
import org.captionary.domain.training.EncodedPhoto;
import org.captionary.domain.training.SplitFigures;
import org.captionary.domain.training.Unit;
import org.captionary.domain.vocabulary.FittedVocabulary;
import org.captionary.domain.vocabulary.WordCount;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChunkRunnerTest {

  private static final Split TRAIN = new Split("train");
  private static final Split TEST = new Split("test");
  private static final Split DEV = new Split("dev");

  private final JobScene scene = new JobScene();

  /** Photo c is described and has no file, d has a file and no caption; b is in no split. */
  @BeforeEach
  void layOut() {
    scene
        .files
        .caption("b.jpg#0", "Two dogs run .")
        .caption("a.jpg#0", "A dog 's ball")
        .caption("a.jpg#1", "The dog runs and runs with two balls")
        .captionRow("no tab here")
        .caption("c.jpg#0", "Two cats and a dog")
        .caption("e.jpg#0", ". !")
        .split("train", "a.jpg", "c.jpg")
        .split("test", "e.jpg", "d.jpg")
        .split("dev")
        .photo("a.jpg", "A")
        .photo("b.jpg", "B")
        .photo("d.jpg", "D")
        .photo("e.jpg", "E");
    scene.register();
  }

  @Test
  void preparesADatasetByTheTutorialsRecipe() {
    Job job = scene.run(Recipe.TUTORIAL);

    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    Preparation preparation = scene.preparation(job);
    assertThat(preparation.dataset()).isEqualTo("d");
    assertThat(preparation.recipe()).isEqualTo(Recipe.TUTORIAL);
    assertThat(preparation.vocabularySize()).isEqualTo(8);
    assertThat(preparation.maxLength()).isEqualTo(4);
    assertThat(preparation.extractor()).contains(scene.extractor.identity());
    assertThat(words(preparation))
        .containsExactly(
            new WordCount("two", 2, 2),
            new WordCount("dog", 2, 2),
            new WordCount("dogs", 1, 1),
            new WordCount("run", 1, 1),
            new WordCount("ball", 1, 1),
            new WordCount("cats", 1, 1),
            new WordCount("and", 1, 1));
  }

  /** c counts in the text and has no servable example; e is emptied; dev has no photo at all. */
  @Test
  void countsTextAndServableExamplesApart() {
    Preparation preparation = scene.preparation(scene.run(Recipe.TUTORIAL));

    assertThat(preparation.figures())
        .isEqualTo(
            Map.of(
                Split.ALL,
                new SplitFigures(4, 3, 4, 6, 3, 2, Map.of(0, 1L, 1, 1L, 2, 1L)),
                TRAIN,
                new SplitFigures(2, 1, 2, 4, 1, 1, Map.of(1, 1L)),
                TEST,
                new SplitFigures(1, 1, 1, 0, 0, 0, Map.of(0, 1L)),
                DEV,
                SplitFigures.NONE));
    assertThat(preparation.emptyCaptions()).isEqualTo(1);
  }

  @Test
  void countsEveryStep() {
    Job job = scene.run(Recipe.TUTORIAL);

    assertThat(scene.steps(job))
        .extracting(step -> step.name().id() + " " + step.done() + "/" + step.total())
        .containsExactly("import 4/4", "clean 4/4", "vocabulary 4/4", "encode 4/4", "features 3/3");
    assertThat(scene.steps(job))
        .allSatisfy(
            step ->
                assertThat(step.startedAt().orElseThrow()).isBefore(step.endedAt().orElseThrow()));
    assertThat(job.startedAt().orElseThrow()).isBefore(job.endedAt().orElseThrow());
  }

  @Test
  void keepsCaptionsExamplesAndFeatures() {
    Preparation preparation = scene.preparation(scene.run(Recipe.TUTORIAL));

    assertThat(
            scene.repositories.captions().descriptionsAfter(preparation.key(), Optional.empty(), 9))
        .extracting(Description::caption)
        .extracting(caption -> caption.photo() + " " + caption.text())
        .containsExactly("b two dogs run", "a dog ball", "c two cats and dog", "e ");
    assertThat(examples(preparation, Split.ALL))
        .extracting(photo -> photo.photo() + " " + photo.captions().get(0))
        .containsExactly("a [2, 5]", "b [1, 3, 4]");
    assertThat(
            scene
                .repositories
                .photos()
                .features(
                    scene.extractor.identity(),
                    Rendering.KERAS,
                    StoredType.FLOAT32,
                    FeatureLayer.AVG,
                    List.of(JobScene.hash("A"))))
        .containsEntry(
            JobScene.hash("A"),
            JobScene.NotingExtractor.features(
                    JobScene.NotingDecoder.pixels("A", Rendering.KERAS), Set.of(FeatureLayer.AVG))
                .bytesOf(FeatureLayer.AVG));
    assertThat(scene.extractor.extracted)
        .containsExactlyInAnyOrder(JobScene.hash("A"), JobScene.hash("B"), JobScene.hash("E"));
  }

  @Test
  void tellsWhereAPreparationComesFrom() {
    Job job = scene.run(Recipe.TUTORIAL);

    Provenance provenance = scene.preparation(job).provenance();
    Snapshot snapshot =
        scene.repositories.snapshots().find(job.snapshot().orElseThrow()).orElseThrow();
    assertThat(provenance.job()).isEqualTo(job.id());
    assertThat(provenance.content()).isEqualTo(snapshot.content().orElseThrow());
    assertThat(provenance.text()).isEqualTo(snapshot.text().orElseThrow());
    assertThat(provenance.text().splits()).containsOnlyKeys("train", "test", "dev");
    assertThat(provenance.environment()).isEqualTo(JobScene.ENVIRONMENT);
    assertThat(provenance.startedAt()).isEqualTo(job.startedAt().orElseThrow());
    assertThat(provenance.finishedAt()).isBefore(job.endedAt().orElseThrow());
  }

  @Test
  void quarantinesUnusableInputsAndGoesOn() {
    scene
        .files
        .photo("a.png", "A2")
        .photo("b.jpg", "bad b")
        .photo("b.png", "B2")
        .photo(".hidden", "H")
        .split("test", "a.jpg", "e.png", "x.jpg");

    Job job = scene.run(Recipe.TUTORIAL);

    assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.rejected(job))
        .containsExactlyInAnyOrder(
            row(RejectedInput.Kind.CAPTION, "captions.txt", 4, "no tab here", "no tab"),
            row(
                RejectedInput.Kind.SPLIT,
                "test.txt",
                4,
                "e.png",
                "the photo is in this list already"),
            row(RejectedInput.Kind.SPLIT, "train.txt", 1, "a.jpg", "the photo is in split test"),
            RejectedInput.photo(
                ".hidden", "the file name gives no photo id: a photo id is not blank"),
            RejectedInput.photo("a.png", "a second file of photo a, whose file is a.jpg"),
            RejectedInput.photo("b.jpg", "no photo: bad b"));
    assertThat(scene.preparation(job).all().photos()).isEqualTo(3);
    assertThat(scene.extractor.extracted).contains(JobScene.hash("A"), JobScene.hash("B2"));
  }

  @Test
  void putsPhotosIntoSplitsThatCaptionsTellOf() {
    scene
        .files
        .caption("a.jpg", "A dog", "dev")
        .caption("a.jpg", "The same dog", "dev")
        .caption("a.jpg", "That dog", "other")
        .caption("n.jpg", "New", "other");

    Job job = scene.run(recipe(Map.of("fitOn", "dev")));

    SnapshotId snapshot = scene.found(job).snapshot().orElseThrow();
    List<PhotoId> photos = List.of(new PhotoId("a"), new PhotoId("n"));
    assertThat(scene.repositories.snapshots().splits(snapshot, photos))
        .isEqualTo(Map.of(photos.get(0), new Split("dev"), photos.get(1), new Split("other")));
    assertThat(scene.rejected(job))
        .extracting(RejectedInput::text, RejectedInput::reason)
        .contains(
            tuple("a.jpg\tThat dog", "the photo is in split dev"),
            tuple("a.jpg", "the photo is in split dev"));
  }

  private static RejectedInput row(
      RejectedInput.Kind kind, String source, long line, String text, String reason) {
    return new RejectedInput(kind, source, OptionalLong.of(line), text, reason);
  }

  @Test
  void fitsOnASplitAndEncodesAll() {
    Preparation preparation =
        scene.preparation(scene.run(recipe(Map.of("fitOn", "train", "captions", "all"))));

    assertThat(words(preparation))
        .extracting(WordCount::word)
        .containsExactly("dog", "runs", "and", "two", "ball", "the", "with", "balls", "cats");
    assertThat(preparation.maxLength()).isEqualTo(8);
    assertThat(preparation.all().captions()).isEqualTo(5);
    assertThat(examples(preparation, Split.ALL))
        .extracting(photo -> photo.photo() + " " + photo.captions())
        .containsExactly("a [[1, 5], [6, 1, 2, 3, 2, 7, 4, 8]]");
    assertThat(scene.step(scene.repositories.jobs().all().get(0), StepName.VOCABULARY).total())
        .isEqualTo(3);
  }

  @Test
  void putsStartAndEndWordsAroundEveryCaption() {
    Preparation preparation =
        scene.preparation(scene.run(recipe(Map.of("startEnd", true, "minCount", 9))));

    assertThat(words(preparation))
        .extracting(WordCount::word)
        .containsExactly("startseq", "endseq");
    assertThat(preparation.maxLength()).isEqualTo(6);
    assertThat(preparation.figures().get(Split.ALL))
        .isEqualTo(new SplitFigures(4, 3, 4, 4, 3, 3, Map.of(1, 3L)));
    assertThat(preparation.emptyCaptions()).isEqualTo(1);
  }

  @Test
  void replacesUnknownWordsWhenAsked() {
    Preparation preparation =
        scene.preparation(scene.run(recipe(Map.of("outOfVocabulary", true, "minCount", 2))));

    assertThat(preparation.vocabularySize()).isEqualTo(4);
    assertThat(examples(preparation, Split.ALL))
        .extracting(photo -> photo.photo() + " " + photo.captions().get(0))
        .containsExactly("a [3, 1]", "b [2, 1, 1]");
  }

  @Test
  void takesTheFirstPhotosOnlyWhenLimited() {
    Preparation preparation =
        scene.preparation(scene.run(recipe(Map.of("limit", 2, "captions", "all"))));

    assertThat(preparation.all().describedPhotos()).isEqualTo(2);
    assertThat(preparation.all().captions()).isEqualTo(3);
    assertThat(preparation.figures().get(TEST)).isEqualTo(SplitFigures.NONE);
    assertThat(scene.extractor.extracted).hasSize(2);
    assertThat(scene.step(scene.repositories.jobs().all().get(0), StepName.CLEAN).total())
        .isEqualTo(3);
  }

  @Test
  void extractsNothingWhenNoFeaturesAreAskedFor() {
    Job job = scene.run(recipe(Map.of("features", "none")));

    assertThat(scene.preparation(job).extractor()).isEmpty();
    assertThat(scene.preparation(job).trainingSet().layers()).isEmpty();
    assertThat(scene.extractor.extracted).isEmpty();
    assertThat(scene.step(job, StepName.FEATURES).endedAt()).isPresent();
  }

  @Test
  void failsAJobWhoseStartWordStandsInACaption() {
    Job job = scene.run(recipe(Map.of("startEnd", List.of("cats", "dogz"))));

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.error().orElseThrow()).contains("recipe.startEnd", "cats");
    assertThat(scene.repositories.preparations().all()).isEmpty();
  }

  @Test
  void failsAJobWhoseEndWordStandsInACaptionOutsideTheSplitFittedOn() {
    Job job = scene.run(recipe(Map.of("startEnd", List.of("begin", "run"), "fitOn", "train")));

    assertThat(job.error().orElseThrow()).contains("recipe.startEnd", "run");
  }

  @Test
  void failsAJobThatFitsOnASplitWithoutCaptions() {
    Job job = scene.run(recipe(Map.of("fitOn", "dev")));

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.error().orElseThrow()).contains("recipe.fitOn", "dev");
  }

  @Test
  void failsAJobWhoseFilesWentAway() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.files.refuse(new InvalidInputException("captions", "/memory/captions.txt", "a file"));

    Job ended = scene.run(job);

    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.error().orElseThrow()).contains("captions", "/memory/captions.txt");
  }

  @Test
  void leavesAJobThatHasEndedAlone() {
    Job job = scene.run(Recipe.TUTORIAL);
    ChunkId last = new ChunkId(job.id(), Phase.PUBLISH, 0);

    assertThat(scene.runner().run(last)).isEmpty();

    assertThat(scene.found(job)).isEqualTo(job);
    assertThat(scene.queue.chunks()).isEmpty();
  }

  @Test
  void triesWhatMayPassAgainAfterPausesThatGrow() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.decoder.failures(new IllegalStateException("the disk is away"), 4);

    scene.drain();

    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.pauses).extracting(Duration::toSeconds).containsExactly(2L, 4L, 8L, 16L);
    assertThat(scene.repositories.chunks().failures(job.id(), 9))
        .hasSize(4)
        .allSatisfy(failure -> assertThat(failure.cause()).isEqualTo("the disk is away"))
        .extracting(ChunkFailure::attempt)
        .containsExactly(4, 3, 2, 1);
  }

  @Test
  void failsAJobThatCannotGoOnAndLetsItGoOnLater() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.decoder.failures(
        new IllegalStateException("no luck", new IllegalStateException("the disk is full")),
        JobScene.ATTEMPTS);

    scene.drain();

    Job failed = scene.found(job);
    assertThat(failed.state()).isEqualTo(JobState.FAILED);
    assertThat(failed.error())
        .contains("import: gave up after 5 attempts: no luck; the disk is full");
    assertThat(scene.queue.chunks()).isEmpty();
    assertThat(failed.snapshot()).isPresent();

    scene.service().retry(job.id());
    scene.drain();

    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.found(job).error()).isEmpty();
    assertThat(scene.decoder.decoded).hasSize(4);
  }

  @Test
  void aJobThatTheUserHasToMendGoesOnFromThere() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.extractor.scale = 1e7f;
    Job failed = scene.run(recipe(Map.of("stored", "float16", "features", "fc1")));
    assertThat(failed.state()).isEqualTo(JobState.FAILED);
    scene.extractor.scale = 1;

    scene.service().retry(failed.id());
    scene.drain();

    assertThat(scene.found(failed).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void stopsBeforeACommitWhenTheProcessIsToStop() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ChunkId first = scene.queue.first().orElseThrow();

    assertThatThrownBy(() -> scene.runner(scene.repositories.unit(), () -> true).run(first))
        .isInstanceOf(JobInterruptedException.class);

    assertThat(scene.found(job).state()).isEqualTo(JobState.RUNNING);
    assertThat(scene.run(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.repositories.chunks().failures(job.id(), 9)).isEmpty();
  }

  @Test
  void spreadsOverNodesAndSaysWhoDidWhat() {
    for (int photo = 0; photo < 200; photo++) {
      scene.files.photo("n" + photo + ".jpg", "content " + photo);
      scene.files.caption("n" + photo + ".jpg", "a thing " + photo);
    }
    Job job = scene.submit(Recipe.TUTORIAL);
    List<ChunkRunner> nodes =
        List.of(
            scene.runner(scene.repositories.unit(), () -> false, "a"),
            scene.runner(scene.repositories.unit(), () -> false, "b"));

    int turn = 0;
    for (Optional<ChunkId> chunk = scene.queue.first();
        chunk.isPresent();
        chunk = scene.queue.first()) {
      assertThat(nodes.get(turn++ % 2).run(chunk.get())).isEmpty();
      scene.queue.remove(chunk.get());
    }

    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
    StepProgress features = scene.step(job, StepName.FEATURES);
    assertThat(features.nodes()).extracting(StepProgress.OfNode::node).containsExactly("a", "b");
    assertThat(features.nodes().stream().mapToLong(StepProgress.OfNode::done).sum()).isEqualTo(203);
    assertThat(scene.extractor.extracted).doesNotHaveDuplicates().hasSize(203);
  }

  @Test
  void aDatasetThatGrewCostsWhatIsNew() {
    for (int photo = 0; photo < 200; photo++) {
      scene.files.photo("n" + photo + ".jpg", "content " + photo);
      scene.files.caption("n" + photo + ".jpg", "a thing " + photo);
    }
    Preparation first = scene.preparation(scene.run(Recipe.TUTORIAL));
    scene.decoder.decoded.clear();
    scene.extractor.extracted.clear();
    for (int photo = 200; photo < 205; photo++) {
      scene.files.photo("n" + photo + ".jpg", "content " + photo);
      scene.files.caption("n" + photo + ".jpg", "a thing " + photo);
    }

    Job second = scene.run(Recipe.TUTORIAL);

    assertThat(scene.decoder.decoded).hasSize(5);
    assertThat(scene.extractor.extracted).hasSize(5);
    assertThat(scene.step(second, StepName.FEATURES).done()).isEqualTo(208);
    assertThat(scene.step(second, StepName.FEATURES).doneSince()).isEqualTo(5);
    assertThat(scene.preparation(second).all().photos()).isEqualTo(208);
    assertThat(scene.repositories.preparations().byId(first.id())).contains(first);
  }

  /** One node is only thought to be dead: it goes on while another has its chunk. */
  @Test
  void writesOnceWhatTwoNodesDoAtOnce() {
    Job job = scene.submit(Recipe.TUTORIAL);
    while (scene.queue.first().isPresent()) {
      ChunkId chunk = scene.queue.first().orElseThrow();
      scene.decoder.meanwhile = () -> scene.runner().run(chunk);
      scene.extractor.meanwhile = () -> scene.runner().run(chunk);
      assertThat(scene.runner(scene.repositories.unit(), () -> false, "slow").run(chunk)).isEmpty();
      scene.queue.remove(chunk);
    }

    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
    for (StepName step : List.of(StepName.IMPORT, StepName.FEATURES)) {
      assertThat(scene.step(job, step).nodes())
          .filteredOn(node -> node.done() > 0)
          .extracting(StepProgress.OfNode::node)
          .containsExactly(JobScene.NODE);
    }
    assertThat(scene.rejected(job)).hasSize(1);
  }

  /** Each attempt ends the process, as a fault of a native decoder does. */
  @Test
  void putsAPhotoAsideThatEndsTheProcess() {
    scene.files.photo("f.jpg", "crash").photo("g.jpg", "G");
    Job job = scene.submit(Recipe.TUTORIAL);
    int deaths = 0;
    while (scene.queue.first().isPresent()) {
      try {
        scene.drain();
      } catch (JobScene.Killed e) {
        deaths++;
      }
    }

    assertThat(deaths).isEqualTo(4);
    assertThat(scene.found(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.rejected(job))
        .contains(
            RejectedInput.photo("f.jpg", "the service's process ended each time it was read"));
    assertThat(scene.step(job, StepName.IMPORT).total()).isEqualTo(6);
    assertThat(scene.preparation(job).all().photos()).isEqualTo(3);
  }

  @Test
  void givesUpOnAChunkThatAlwaysEndsTheProcess() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.extractor.meanwhile =
        (JobScene.NotingExtractor.Again)
            () -> {
              throw new JobScene.Killed();
            };
    int deaths = 0;
    while (scene.queue.first().isPresent()) {
      try {
        scene.drain();
      } catch (JobScene.Killed e) {
        deaths++;
      }
    }

    assertThat(deaths).isEqualTo(20);
    assertThat(scene.found(job).error().orElseThrow()).contains("EXTRACT", "ended its process");
  }

  @Test
  void leavesFeaturesToNodesThatHaveTheWeights() {
    Job job = scene.submit(Recipe.TUTORIAL);
    ExtractorIdentity right = scene.extractor.identity;
    scene.extractor.identity =
        new ExtractorIdentity("vgg16", "imagenet", JobScene.hash("others"), "float32");
    ChunkId chunk = untilFeatures();

    assertThat(scene.runner().run(chunk)).contains(Duration.ofSeconds(5));
    assertThat(scene.runner().run(chunk)).contains(Duration.ofSeconds(5));
    assertThat(scene.repositories.chunks().failures(job.id(), 9)).isEmpty();

    scene.extractor.identity = right;
    assertThat(scene.run(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(scene.preparation(job).extractor()).contains(right);
  }

  private ChunkId untilFeatures() {
    while (scene.queue.first().orElseThrow().phase() != Phase.EXTRACT) {
      ChunkId chunk = scene.queue.first().orElseThrow();
      scene.runner().run(chunk);
      scene.queue.remove(chunk);
    }
    return scene.queue.first().orElseThrow();
  }

  @Test
  void waitsForAnEarlierJobThatReadsTheSameFiles() {
    Job first = scene.submit(Recipe.TUTORIAL);
    Job second = scene.submit(recipe(Map.of("minCount", 2)));

    assertThat(scene.runner().run(new ChunkId(second.id(), Phase.LOOK, 0)))
        .contains(Duration.ofSeconds(1));
    scene.drain();

    assertThat(scene.decoder.decoded).hasSize(4);
    assertThat(scene.extractor.extracted).hasSize(3);
    assertThat(scene.found(second).snapshot()).isEqualTo(scene.found(first).snapshot());
  }

  @Test
  void extractsNothingThatAnotherJobExtractedMeanwhile() {
    Job first = scene.submit(Recipe.TUTORIAL);
    Job second = scene.submit(recipe(Map.of("minCount", 2)));
    while (scene.found(first).phase().orElseThrow() != Phase.EXTRACT
        || scene.found(second).phase().orElseThrow() != Phase.EXTRACT) {
      scene.queue.chunks().stream()
          .filter(chunk -> chunk.phase() != Phase.EXTRACT)
          .forEach(
              chunk -> {
                if (scene.runner().run(chunk).isEmpty()) {
                  scene.queue.remove(chunk);
                }
              });
    }

    scene.drain();

    assertThat(scene.extractor.extracted).hasSize(3);
    assertThat(scene.step(second, StepName.FEATURES).done()).isEqualTo(3);
  }

  @Test
  void findsWhatNobodyHasInHand() {
    Job job = scene.submit(Recipe.TUTORIAL);
    scene.queue.withdraw(job.id());
    scene.runner().reconcile();
    assertThat(scene.queue.chunks()).hasSize(1);
    untilFeatures();
    scene.queue.withdraw(job.id());

    scene.runner().reconcile();

    assertThat(scene.run(job).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void tellsTheObserverWhatHappened() {
    scene.run(Recipe.TUTORIAL);

    assertThat(scene.observer.noted)
        .containsExactly(
            "IMPORT 4/4",
            "CLEAN 4/4",
            "VOCABULARY 4/4",
            "ENCODE 4/4",
            "FEATURES 3/3",
            "job SUCCEEDED");
    assertThat(scene.observer.rejected).hasSize(1);
    assertThat(scene.observer.units).containsEntry(Phase.EXTRACT, 3L).containsEntry(Phase.READ, 4L);
  }

  @Test
  void importsUnchangedFilesOnce() {
    scene.run(Recipe.TUTORIAL);
    scene.decoder.decoded.clear();

    Job second = scene.run(recipe(Map.of("minCount", 2)));

    assertThat(scene.decoder.decoded).isEmpty();
    assertThat(scene.extractor.extracted).hasSize(3);
    assertThat(second.snapshot()).isEqualTo(scene.repositories.jobs().all().get(1).snapshot());
    assertThat(scene.step(second, StepName.IMPORT).done()).isEqualTo(4);
    assertThat(scene.step(second, StepName.IMPORT).endedAt()).isPresent();
  }

  @Test
  void extractsByAnotherExtractorForAnotherPrecision() {
    Preparation exact = scene.preparation(scene.run(Recipe.TUTORIAL));
    scene.extractor.extracted.clear();
    JobScene.NotingExtractor rough = new JobScene.NotingExtractor();
    rough.identity =
        new ExtractorIdentity("vgg16", "untrained", JobScene.hash("weights"), "bfloat16");
    scene.extractor.rough = Optional.of(rough);

    Preparation made = scene.preparation(scene.run(recipe(Map.of("precision", "bfloat16"))));

    assertThat(scene.extractor.extracted).isEmpty();
    assertThat(rough.extracted).hasSize(3);
    assertThat(made.extractor()).contains(rough.identity);
    assertThat(made.id()).isNotEqualTo(exact.id());
  }

  @Test
  void extractsByTheNetworkOfTheRecipe() {
    Preparation vgg = scene.preparation(scene.run(Recipe.TUTORIAL));
    scene.extractor.extracted.clear();
    JobScene.NotingExtractor residual = new JobScene.NotingExtractor();
    residual.layers = Network.RESNET50.layers();
    residual.identity =
        new ExtractorIdentity("resnet50", "untrained", JobScene.hash("weights"), "float32");
    scene.extractors =
        new Extractors(Map.of(Network.VGG16, scene.extractor, Network.RESNET50, residual));

    Preparation made = scene.preparation(scene.run(recipe(Map.of("extractor", "resnet50"))));

    assertThat(scene.extractor.extracted).isEmpty();
    assertThat(residual.extracted).hasSize(3);
    assertThat(made.extractor()).contains(residual.identity);
    assertThat(made.id()).isNotEqualTo(vgg.id());
    assertThat(made.trainingSet().layers()).containsExactly(FeatureLayer.RESNET_AVG);
  }

  /** And the first rendering's pixels and features stay as they are and are found again. */
  @Test
  void decodesAndExtractsAnewForAnotherRendering() {
    Preparation keras = scene.preparation(scene.run(Recipe.TUTORIAL));
    scene.decoder.decoded.clear();
    scene.extractor.extracted.clear();

    Job second = scene.run(recipe(Map.of("resize", "bicubic", "exifOrientation", true)));

    assertThat(scene.decoder.decoded).containsExactlyInAnyOrder("A", "B", "D", "E");
    assertThat(scene.extractor.extracted).hasSize(3);
    Preparation bicubic = scene.preparation(second);
    assertThat(bicubic.id()).isNotEqualTo(keras.id());
    assertThat(bicubic.figures()).isEqualTo(keras.figures());
    for (Preparation preparation : List.of(keras, bicubic)) {
      Rendering rendering = preparation.trainingSet().rendering();
      Pixels pixels = JobScene.NotingDecoder.pixels("A", rendering);
      ContentHash content = JobScene.hash("A");
      assertThat(scene.repositories.photos().pixels(rendering, List.of(content)))
          .isEqualTo(Map.of(content, pixels));
      assertThat(
              scene
                  .repositories
                  .photos()
                  .features(
                      scene.extractor.identity(),
                      rendering,
                      StoredType.FLOAT32,
                      FeatureLayer.AVG,
                      List.of(content)))
          .containsEntry(
              content,
              JobScene.NotingExtractor.features(pixels, Set.of(FeatureLayer.AVG))
                  .bytesOf(FeatureLayer.AVG));
    }
  }

  @Test
  void takesASnapshotOverOnlyWithPixelsOfTheRendering() {
    Recipe lanczos = recipe(Map.of("resize", "lanczos"));
    Job first = scene.run(lanczos);
    Job keras = scene.run(Recipe.TUTORIAL);
    scene.decoder.decoded.clear();
    scene.extractor.extracted.clear();

    Job again = scene.run(recipe(Map.of("resize", "lanczos", "minCount", 2)));

    assertThat(keras.snapshot()).isNotEqualTo(first.snapshot());
    assertThat(again.snapshot()).isEqualTo(keras.snapshot());
    assertThat(scene.decoder.decoded).isEmpty();
    assertThat(scene.extractor.extracted).isEmpty();
    assertThat(scene.step(again, StepName.FEATURES).done()).isEqualTo(3);
  }

  /** Of two renderings, the pixels of a photo that came between are missing in one. */
  @Test
  void decodesInAnotherRenderingOnlyWhatIsMissing() {
    Recipe box = recipe(Map.of("resize", "box"));
    scene.run(box);
    scene.files.photo("c.jpg", "C");
    scene.run(Recipe.TUTORIAL);
    scene.decoder.decoded.clear();

    Job job = scene.run(box);

    assertThat(scene.decoder.decoded).containsExactly("C");
    assertThat(
            scene
                .repositories
                .photos()
                .withPixels(
                    new Rendering(Resize.BOX, false),
                    List.of(JobScene.hash("A"), JobScene.hash("C"))))
        .hasSize(2);
    assertThat(scene.preparation(job).all().photos()).isEqualTo(4);
  }

  @Test
  void extractsAnewForAnotherStoredTypeAndOnlyOnce() {
    scene.extractor.scale = 1 / 3f;
    Preparation floats = scene.preparation(scene.run(Recipe.TUTORIAL));
    scene.decoder.decoded.clear();
    scene.extractor.extracted.clear();

    Preparation halves = scene.preparation(scene.run(recipe(Map.of("stored", "float16"))));
    scene.run(recipe(Map.of("stored", "float16", "minCount", 2)));

    assertThat(scene.decoder.decoded).isEmpty();
    assertThat(scene.extractor.extracted).hasSize(3);
    assertThat(halves.id()).isNotEqualTo(floats.id());
    assertThat(halves.trainingSet().stored()).isEqualTo(StoredType.FLOAT16);
    PhotoFeatures features =
        JobScene.NotingExtractor.features(
            JobScene.NotingDecoder.pixels("A", Rendering.KERAS), Set.of(FeatureLayer.AVG), 1 / 3f);
    assertThat(avgOfA(StoredType.FLOAT32)).isEqualTo(features.bytesOf(FeatureLayer.AVG));
    assertThat(avgOfA(StoredType.FLOAT16))
        .isEqualTo(
            StoredType.FLOAT16.toFloat32(features.bytesOf(FeatureLayer.AVG, StoredType.FLOAT16)));
  }

  private byte[] avgOfA(StoredType stored) {
    ContentHash content = JobScene.hash("A");
    return scene
        .repositories
        .photos()
        .features(
            scene.extractor.identity(), Rendering.KERAS, stored, FeatureLayer.AVG, List.of(content))
        .get(content);
  }

  /** It would be no other at the next attempt. */
  @Test
  void failsAJobWhoseFeaturesAreTooLargeForTheirType() {
    scene.extractor.scale = 1e7f;

    Job job = scene.run(recipe(Map.of("stored", "float16", "features", "fc1")));

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.error().orElseThrow())
        .startsWith("recipe.stored: float16 is not allowed; allowed: float32, as of the photo with")
        .containsPattern("content [0-9a-f]{64} layer fc1 has the value -?[0-9.]+E[789], which is")
        .endsWith("beyond the largest float16");
    assertThat(scene.repositories.preparations().all()).isEmpty();
    assertThat(scene.run(recipe(Map.of("features", "fc1"))).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void readsChangedFilesIntoANewSnapshotAndDecodesNoUnchangedPhotoAgain() {
    Job first = scene.run(Recipe.TUTORIAL);
    scene.decoder.decoded.clear();
    scene.extractor.extracted.clear();
    scene
        .files
        .photo("b.jpg", "B2", Instant.parse("2025-01-01T00:00:01Z"))
        .photo("c.jpg", "C")
        .withoutPhoto("d.jpg");

    Job second = scene.run(Recipe.TUTORIAL);

    assertThat(second.snapshot()).isNotEqualTo(first.snapshot());
    assertThat(scene.decoder.decoded).containsExactlyInAnyOrder("B2", "C");
    assertThat(scene.extractor.extracted)
        .containsExactlyInAnyOrder(JobScene.hash("B2"), JobScene.hash("C"));
    assertThat(scene.preparation(second).id()).isNotEqualTo(scene.preparation(first).id());
    assertThat(scene.preparation(second).all())
        .isEqualTo(new SplitFigures(4, 4, 4, 6, 6, 3, Map.of(0, 1L, 1, 1L, 2, 1L, 3, 1L)));
    assertThat(scene.preparation(first).all().servableExamples()).isEqualTo(3);
    assertThat(examples(scene.preparation(first), Split.ALL)).hasSize(2);
  }

  @Test
  void findsThePreparationAgainWhenFilesWereOnlyTouched() {
    Job first = scene.run(Recipe.TUTORIAL);
    scene.files.photo("a.jpg", "A", Instant.parse("2025-01-01T00:00:01Z"));

    Job second = scene.run(Recipe.TUTORIAL);

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.preparation()).isEqualTo(first.preparation());
    assertThat(scene.repositories.preparations().all()).hasSize(1);
    assertThat(scene.steps(second))
        .extracting(step -> step.name().id() + " " + step.done() + "/" + step.total())
        .containsExactly("import 4/4", "clean 4/4", "vocabulary 4/4", "encode 4/4", "features 3/3");
  }

  @Test
  void extractsAnewForOtherWeights() {
    Job first = scene.run(Recipe.TUTORIAL);
    scene.extractor.identity =
        new ExtractorIdentity("vgg16", "imagenet", JobScene.hash("others"), "float32");

    Job second = scene.run(Recipe.TUTORIAL);

    assertThat(scene.extractor.extracted).hasSize(6);
    assertThat(second.preparation()).isNotEqualTo(first.preparation());
  }

  @Test
  void extractsAPhotoOfTwoFilesOnce() {
    scene.files.photo("c.jpg", "A");

    Job job = scene.run(Recipe.TUTORIAL);

    assertThat(scene.extractor.extracted)
        .containsExactlyInAnyOrder(JobScene.hash("A"), JobScene.hash("B"), JobScene.hash("E"));
    assertThat(scene.step(job, StepName.FEATURES).total()).isEqualTo(3);
    assertThat(scene.preparation(job).all().photos()).isEqualTo(4);
  }

  @Test
  void makesTheSameIdFromTheSameInputsElsewhere() {
    JobScene elsewhere = new JobScene();
    elsewhere.files.caption("a.jpg#0", "One dog").photo("z.jpg", "Z");
    elsewhere.register();
    JobScene again = new JobScene();
    again.files.caption("a.jpg#0", "One dog").photo("z.jpg", "Z");
    again.register();
    again.service().submit("d", recipe(Map.of("minCount", 2)), false);

    assertThat(elsewhere.run(Recipe.TUTORIAL).preparation())
        .isEqualTo(again.run(Recipe.TUTORIAL).preparation());
  }

  private static Recipe recipe(Map<String, ?> fields) {
    return RecipeFields.read(fields);
  }

  private List<WordCount> words(Preparation preparation) {
    FittedVocabulary fitted =
        scene.repositories.vocabularies().find(preparation.key()).orElseThrow();
    assertThat(fitted.maxLength()).isEqualTo(preparation.maxLength());
    assertThat(fitted.vocabulary().vocabularySize()).isEqualTo(preparation.vocabularySize());
    return fitted.vocabulary().words();
  }

  private List<EncodedPhoto> examples(Preparation preparation, Split split) {
    return scene.repositories.examples().between(preparation.key(), split, Unit.EXAMPLE, 0, 1_000);
  }
}

package org.captionary.domain.preparation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.captionary.domain.memory.FakeDatasetFiles;
import org.captionary.domain.memory.FakeJobQueue;
import org.captionary.domain.memory.InMemoryRepositories;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.FeatureLayer;
import org.captionary.domain.photo.Network;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoFeatures;
import org.captionary.domain.photo.Pixels;
import org.captionary.domain.photo.Precision;
import org.captionary.domain.photo.Rendering;
import org.captionary.domain.photo.UnreadablePhotoException;

/** Everything around jobs over one data set, in memory. */
final class JobScene {

  static final Provenance.Environment ENVIRONMENT =
      new Provenance.Environment("0.1.0", "17.0.15", "Linux amd64");

  static final String NODE = "node-a";
  static final int ATTEMPTS = 5;

  final InMemoryRepositories repositories = new InMemoryRepositories();
  final FakeDatasetFiles files = new FakeDatasetFiles();
  final FakeJobQueue queue = repositories.queue();
  final NotingDecoder decoder = new NotingDecoder();
  final NotingExtractor extractor = new NotingExtractor();

  /** What the node has. */
  Extractors extractors = Extractors.of(Network.VGG16, extractor);

  final NotingObserver observer = new NotingObserver();

  /** How long chunks had to wait until they were run again. */
  final List<Duration> pauses = new ArrayList<>();

  private final InstantSource clock = new TickingClock();

  Ports ports(UnitOfWork unit) {
    return new Ports(
        List.of(files),
        repositories.datasets(),
        repositories.snapshots(),
        repositories.captions(),
        repositories.judgements(),
        repositories.photos(),
        repositories.vocabularies(),
        repositories.examples(),
        repositories.preparations(),
        repositories.jobs(),
        repositories.looks(),
        repositories.reports(),
        repositories.chunks(),
        queue,
        observer,
        unit,
        decoder,
        extractors);
  }

  JobService service() {
    return service(repositories.unit());
  }

  JobService service(UnitOfWork unit) {
    return new JobService(ports(unit), clock);
  }

  ChunkRunner runner(UnitOfWork unit, BooleanSupplier stopping) {
    return runner(unit, stopping, NODE);
  }

  ChunkRunner runner(UnitOfWork unit, BooleanSupplier stopping, String node) {
    return new ChunkRunner(ports(unit), ENVIRONMENT, clock, stopping, node, ATTEMPTS);
  }

  ChunkRunner runner() {
    return runner(repositories.unit(), () -> false);
  }

  /**
   * Runs a chunk so often on a node; each time the database goes away while it is worked at, and is
   * back afterwards.
   *
   * @param during is given what makes it go away, to be called in the work
   */
  void runInOutages(ChunkId chunk, int times, Consumer<Runnable> during) {
    AtomicBoolean away = new AtomicBoolean();
    UnitOfWork unit =
        work -> {
          if (away.get()) {
            throw new IllegalStateException("the database is away");
          }
          repositories.unit().run(work);
        };
    ChunkRunner runner = runner(unit, () -> false);
    for (int i = 0; i < times; i++) {
      during.accept(() -> away.set(true));
      assertThatThrownBy(() -> runner.run(chunk)).hasMessage("the database is away");
      away.set(false);
    }
  }

  /** Runs what waits, one after the other; what is to be run again is run after the others. */
  void drain(ChunkRunner runner) {
    for (Optional<ChunkId> chunk = queue.first(); chunk.isPresent(); chunk = queue.first()) {
      Optional<Duration> again = runner.run(queue.pick(chunk.get()));
      queue.remove(chunk.get());
      if (again.isPresent()) {
        pauses.add(again.get());
        queue.enqueue(null, List.of(chunk.get()));
      } else {
        runner.left(chunk.get());
      }
    }
  }

  void drain() {
    drain(runner());
  }

  Dataset register() {
    Dataset dataset = files.dataset("d");
    service().register(dataset);
    return dataset;
  }

  Job submit(Recipe recipe) {
    return service().submit("d", recipe, false);
  }

  /** Submits and runs a job, and gives it as it ended. */
  Job run(Recipe recipe) {
    return run(submit(recipe));
  }

  Job run(Job job) {
    drain();
    return found(job);
  }

  List<StepProgress> steps(Job job) {
    return repositories.jobs().steps(job.id());
  }

  StepProgress step(Job job, StepName name) {
    return steps(job).get(name.ordinal());
  }

  Job found(Job job) {
    return repositories.jobs().find(job.id()).orElseThrow();
  }

  Preparation preparation(Job job) {
    return repositories.preparations().byId(found(job).preparation().orElseThrow()).orElseThrow();
  }

  List<RejectedInput> rejected(Job job) {
    List<RejectedInput> rejected = new ArrayList<>();
    repositories.snapshots().forEachRejected(found(job).snapshot().orElseThrow(), rejected::add);
    return rejected;
  }

  static ContentHash hash(String content) {
    return ContentHash.of(content.getBytes(StandardCharsets.UTF_8));
  }

  /** Notes what it is told. */
  static final class NotingObserver implements JobObserver {

    final List<String> noted = new ArrayList<>();
    final List<RejectedInput> rejected = new ArrayList<>();
    final Map<Phase, Long> units = new EnumMap<>(Phase.class);

    @Override
    public void chunkDone(Job job, Chunk chunk, long count, Duration took) {
      units.merge(chunk.id().phase(), count, Long::sum);
    }

    @Override
    public void chunkFailed(Job job, ChunkFailure failure, int failures) {
      noted.add(failure.chunk().phase() + " failed " + failures + ": " + failure.cause());
    }

    @Override
    public void rejected(List<RejectedInput> inputs) {
      rejected.addAll(inputs);
    }

    @Override
    public void stepEnded(Job job, StepProgress step) {
      noted.add(step.name() + " " + step.done() + "/" + step.total());
    }

    @Override
    public void jobEnded(Job job) {
      noted.add("job " + job.state());
    }
  }

  /** A second later each time. */
  private static final class TickingClock implements InstantSource {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      now = now.plusSeconds(1);
      return now;
    }
  }

  /** Makes pixels of any bytes, but for those that begin with {@code bad}. */
  static final class NotingDecoder implements PhotoDecoder {

    /** What was decoded, without order. */
    final Queue<String> decoded = new ConcurrentLinkedQueue<>();

    /** Thrown instead of decoding, so many times. */
    private RuntimeException failure;

    private int failures;

    /** What happens once, while a photo is decoded. */
    Runnable meanwhile;

    void failures(RuntimeException failure, int times) {
      this.failure = failure;
      this.failures = times;
    }

    @Override
    public Pixels decode(byte[] file, Rendering rendering) throws UnreadablePhotoException {
      if (failures > 0) {
        failures--;
        throw failure;
      }
      String content = new String(file, StandardCharsets.UTF_8);
      decoded.add(content);
      if (content.equals("crash")) {
        throw new Killed();
      }
      Runnable now = meanwhile;
      meanwhile = null;
      if (now != null) {
        now.run();
      }
      if (content.startsWith("bad")) {
        throw new UnreadablePhotoException("no photo: " + content);
      }
      return pixels(content, rendering);
    }

    static Pixels pixels(String content, Rendering rendering) {
      byte[] rgb = new byte[Pixels.LENGTH];
      byte[] hash = hash(content).bytes();
      System.arraycopy(hash, 0, rgb, 0, hash.length);
      rgb[hash.length] = (byte) rendering.resize().ordinal();
      rgb[hash.length + 1] = (byte) (rendering.exifOrientation() ? 1 : 0);
      return new Pixels(rgb);
    }
  }

  /** The features are the first bytes of the pixels, those that tell renderings apart included. */
  static final class NotingExtractor implements FeatureExtractor {

    /** What was extracted, by the hash of the file. */
    final List<ContentHash> extracted = new ArrayList<>();

    ExtractorIdentity identity =
        new ExtractorIdentity("vgg16", "untrained", hash("weights"), "float32");

    Set<FeatureLayer> layers = Network.VGG16.layers();

    /** At bfloat16, where that can be had. */
    Optional<FeatureExtractor> rough = Optional.empty();

    @Override
    public Optional<FeatureExtractor> at(Precision precision) {
      return precision == Precision.FLOAT32 ? Optional.of(this) : rough;
    }

    /** What every feature is multiplied by. */
    float scale = 1;

    /** What happens before a chunk is extracted, if anything. */
    Runnable meanwhile;

    @Override
    public ExtractorIdentity identity() {
      return identity;
    }

    @Override
    public Set<FeatureLayer> layers() {
      return layers;
    }

    @Override
    public List<PhotoFeatures> extract(List<Pixels> photos, Set<FeatureLayer> layers) {
      Runnable now = meanwhile;
      if (now != null) {
        meanwhile = null;
        try {
          now.run();
        } finally {
          meanwhile = now instanceof Again ? now : null;
        }
      }
      return photos.stream().map(photo -> extract(photo, layers)).toList();
    }

    /** Something that happens each time. */
    interface Again extends Runnable {}

    private PhotoFeatures extract(Pixels photo, Set<FeatureLayer> layers) {
      extracted.add(ContentHash.ofDigest(Arrays.copyOf(photo.rgb(), 32)));
      return features(photo, layers, scale);
    }

    static PhotoFeatures features(Pixels photo, Set<FeatureLayer> layers) {
      return features(photo, layers, 1);
    }

    static PhotoFeatures features(Pixels photo, Set<FeatureLayer> layers, float scale) {
      Map<FeatureLayer, float[]> values = new EnumMap<>(FeatureLayer.class);
      for (FeatureLayer layer : layers) {
        float[] floats = new float[layer.length()];
        for (int i = 0; i < floats.length; i++) {
          floats[i] = photo.rgb()[i % 34] * (layer.ordinal() + 1) * scale;
        }
        values.put(layer, floats);
      }
      return new PhotoFeatures(values);
    }
  }

  /** Ends the process before or after the commit of a unit of work. */
  static final class Killed extends Error {}

  /** Runs units of work until it kills the process at the chosen one. */
  static final class KillingUnit implements UnitOfWork {

    private final UnitOfWork unit;
    private final int killAt;
    private final boolean afterCommit;
    private int units;
    private boolean underWay;

    KillingUnit(UnitOfWork unit, int killAt, boolean afterCommit) {
      this.unit = unit;
      this.killAt = killAt;
      this.afterCommit = afterCommit;
    }

    int units() {
      return units;
    }

    @Override
    public void run(Runnable work) {
      if (underWay) {
        unit.run(work);
        return;
      }
      underWay = true;
      try {
        runOutermost(work);
      } finally {
        underWay = false;
      }
    }

    private void runOutermost(Runnable work) {
      boolean kill = ++units == killAt;
      unit.run(
          () -> {
            work.run();
            killIf(kill && !afterCommit);
          });
      killIf(kill && afterCommit);
    }

    private static void killIf(boolean kill) {
      if (kill) {
        throw new Killed();
      }
    }
  }

  static Optional<ContentHash> contentOf(String content) {
    return Optional.of(hash(content));
  }
}

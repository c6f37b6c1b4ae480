package org.captionary.app.wiring;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.captionary.app.WholeNumberKey;
import org.captionary.app.body.NativeRowMemory;
import org.captionary.app.jobs.NodeName;
import org.captionary.app.jobs.StopSignal;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.preparation.CaptionScoring;
import org.captionary.domain.preparation.ChangeWatch;
import org.captionary.domain.preparation.ChunkRunner;
import org.captionary.domain.preparation.CleanUp;
import org.captionary.domain.preparation.Deletion;
import org.captionary.domain.preparation.FrequencyRepository;
import org.captionary.domain.preparation.JobService;
import org.captionary.domain.preparation.JudgementScoring;
import org.captionary.domain.preparation.PhotoBrowser;
import org.captionary.domain.preparation.Ports;
import org.captionary.domain.preparation.PreparationExport;
import org.captionary.domain.preparation.Provenance;
import org.captionary.domain.preparation.RecipePreviews;
import org.captionary.domain.preparation.RejectedPhotos;
import org.captionary.domain.training.BatchReader;
import org.captionary.domain.training.CaptionLengths;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.training.FeaturesOnDemand;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the domain's services out of its ports. */
@ApplicationScoped
class ServicesWiring {

  /** 4 GiB less a page: .npz without ZIP64 holds no more, and its headers need their place too. */
  private static final long MOST_BATCH_BYTES = (4L << 30) - (1 << 16);

  private static final WholeNumberKey ATTEMPTS =
      new WholeNumberKey("captionary.jobs.attempts", 1, 100);

  /** Of the heap, unless configured. */
  private static final int KEPT_SHARE = 4;

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  JobService jobService(Ports ports, InstantSource clock) {
    return new JobService(ports, clock);
  }

  @Produces
  @Singleton
  PreparationExport preparationExport(Ports ports) {
    return new PreparationExport(ports);
  }

  @Produces
  @Singleton
  PhotoBrowser photoBrowser(Ports ports) {
    return new PhotoBrowser(ports);
  }

  @Produces
  @Singleton
  RejectedPhotos rejectedPhotos(Ports ports) {
    return new RejectedPhotos(ports);
  }

  @Produces
  @Singleton
  CaptionLengths captionLengths(ExampleRepository examples) {
    return new CaptionLengths(examples);
  }

  @Produces
  @Singleton
  CaptionScoring captionScoring(Ports ports, FrequencyRepository frequencies) {
    return new CaptionScoring(ports, frequencies);
  }

  @Produces
  @Singleton
  JudgementScoring judgementScoring(Ports ports) {
    return new JudgementScoring(ports);
  }

  @Produces
  @Singleton
  ChangeWatch changeWatch(Ports ports, JobService jobs) {
    return new ChangeWatch(ports, jobs);
  }

  @Produces
  @Singleton
  CleanUp cleanUp(Ports ports) {
    return new CleanUp(ports);
  }

  @Produces
  @Singleton
  Deletion deletion(Ports ports, CleanUp cleanUp) {
    return new Deletion(ports, cleanUp);
  }

  @Produces
  @Singleton
  RecipePreviews recipePreviews(Ports ports) {
    return new RecipePreviews(ports.formats(), ports.snapshots(), ports.captions());
  }

  @Produces
  @Singleton
  ChunkRunner chunkRunner(
      Ports ports,
      InstantSource clock,
      StopSignal stop,
      NodeName node,
      @ConfigProperty(name = "captionary.jobs.attempts") String attempts,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    return new ChunkRunner(
        ports, environment(version), clock, stop::isGiven, node.value(), ATTEMPTS.read(attempts));
  }

  @Produces
  @Singleton
  @Startup
  BatchReader batchReader(
      ExampleRepository examples,
      PhotoRepository photos,
      @ConfigProperty(name = "captionary.batches.max-bytes") long maxBytes,
      @ConfigProperty(name = "captionary.batches.kept-bytes") Optional<Long> keptBytes) {
    if (maxBytes < 1 || maxBytes > MOST_BATCH_BYTES) {
      throw new IllegalArgumentException(
          "captionary.batches.max-bytes: %d is not allowed; allowed: 1 to %d"
              .formatted(maxBytes, MOST_BATCH_BYTES));
    }
    long heap = Runtime.getRuntime().maxMemory();
    long kept = keptBytes.orElse(heap / KEPT_SHARE);
    // Native memory is bounded like the heap, and what is on its way out takes of it too.
    if (kept < 0 || kept > heap / 2) {
      throw new IllegalArgumentException(
          "captionary.batches.kept-bytes: %d is not allowed; allowed: 0 to %d, half of the heap"
              .formatted(kept, heap / 2));
    }
    return new BatchReader(examples, photos, maxBytes, kept, new NativeRowMemory(), textReader());
  }

  @Produces
  @Singleton
  FeaturesOnDemand featuresOnDemand(PhotoDecoder decoder, Extractors extractors) {
    return new FeaturesOnDemand(decoder, extractors);
  }

  /**
   * One thread, which does not keep the process alive. It begins a little later than it is told, as
   * beside a cold start's first batch it would take from that a quarter of the processors.
   */
  private static Executor textReader() {
    Executor reader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "text-reader");
              thread.setDaemon(true);
              return thread;
            });
    return CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, reader);
  }

  private static Provenance.Environment environment(String version) {
    String machine =
        "%s %s, %d processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    return new Provenance.Environment(version, Runtime.version().toString(), machine);
  }
}

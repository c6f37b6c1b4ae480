package org.captionary.app.wiring;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.captionary.app.Durations;
import org.captionary.app.jobs.EveryObserver;
import org.captionary.domain.InvalidInputException;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.photo.Extractors;
import org.captionary.domain.photo.FailSafeDecoder;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.photo.TimeLimitedDecoder;
import org.captionary.domain.preparation.ChunkRepository;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.JobObserver;
import org.captionary.domain.preparation.JobQueue;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.LookRepository;
import org.captionary.domain.preparation.Ports;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.preparation.ReportRepository;
import org.captionary.domain.preparation.SnapshotRepository;
import org.captionary.domain.preparation.UnitOfWork;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.vocabulary.VocabularyRepository;
import org.captionary.inference.photo.PillowPhotoDecoder;
import org.captionary.persistence.files.DatasetFormats;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts an adapter behind each port; the only place that names one. PostgreSQL's are beans. */
@ApplicationScoped
class PortsWiring {

  private static final String TIME_LIMIT = "captionary.photos.time-limit";
  private static final Duration LEAST_TIME_LIMIT = Duration.ofMillis(1);
  private static final Duration MOST_TIME_LIMIT = Duration.ofHours(1);

  @Produces
  @Singleton
  Formats formats(@ConfigProperty(name = "captionary.dataset-roots") Optional<List<String>> roots) {
    return new Formats(
        DatasetFormats.all(
            roots.orElse(List.of()).stream()
                .map(String::strip)
                .filter(root -> !root.isEmpty())
                .map(Path::of)
                .toList(),
            PillowPhotoDecoder.DEFAULT_MAX_BYTES));
  }

  /** A list is no bean of its own. */
  record Formats(List<DatasetFiles> files) {}

  @Produces
  @Singleton
  PhotoDecoder decoder(@ConfigProperty(name = TIME_LIMIT) String limit) {
    return new TimeLimitedDecoder(new FailSafeDecoder(new PillowPhotoDecoder()), timeLimit(limit));
  }

  private static Duration timeLimit(String value) {
    return Durations.read(value)
        .filter(limit -> limit.compareTo(LEAST_TIME_LIMIT) >= 0)
        .filter(limit -> limit.compareTo(MOST_TIME_LIMIT) <= 0)
        .orElseThrow(() -> new InvalidInputException(TIME_LIMIT, value, "1ms to 1h, such as 20s"));
  }

  @Produces
  @Singleton
  Ports ports(
      Formats formats,
      DatasetRepository datasets,
      SnapshotRepository snapshots,
      CaptionRepository captions,
      JudgementRepository judgements,
      PhotoRepository photos,
      VocabularyRepository vocabularies,
      ExampleRepository examples,
      PreparationRepository preparations,
      JobRepository jobs,
      LookRepository looks,
      ReportRepository reports,
      ChunkRepository chunks,
      JobQueue queue,
      @All List<JobObserver> observers,
      UnitOfWork unit,
      PhotoDecoder decoder,
      Extractors extractors) {
    return new Ports(
        formats.files(),
        datasets,
        snapshots,
        captions,
        judgements,
        photos,
        vocabularies,
        examples,
        preparations,
        jobs,
        looks,
        reports,
        chunks,
        queue,
        new EveryObserver(observers),
        unit,
        decoder,
        extractors);
  }
}

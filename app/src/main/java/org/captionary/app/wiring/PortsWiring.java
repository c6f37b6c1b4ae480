package org.captionary.app.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.photo.FeatureExtractor;
import org.captionary.domain.photo.PhotoDecoder;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.preparation.ChunkRepository;
import org.captionary.domain.preparation.DatasetFiles;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.JobObserver;
import org.captionary.domain.preparation.JobQueue;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.Ports;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.preparation.SnapshotRepository;
import org.captionary.domain.preparation.UnitOfWork;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.vocabulary.VocabularyRepository;
import org.captionary.inference.photo.PillowPhotoDecoder;
import org.captionary.persistence.files.Flickr8kFiles;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts an adapter behind each port; the only place that names one. PostgreSQL's are beans. */
@ApplicationScoped
class PortsWiring {

  @Produces
  @Singleton
  DatasetFiles flickr8k(
      @ConfigProperty(name = "captionary.dataset-roots") Optional<List<String>> roots) {
    return new Flickr8kFiles(
        roots.orElse(List.of()).stream()
            .map(String::strip)
            .filter(root -> !root.isEmpty())
            .map(Path::of)
            .toList(),
        PillowPhotoDecoder.DEFAULT_MAX_BYTES);
  }

  @Produces
  @Singleton
  PhotoDecoder decoder() {
    return new PillowPhotoDecoder();
  }

  @Produces
  @Singleton
  Ports ports(
      DatasetFiles files,
      DatasetRepository datasets,
      SnapshotRepository snapshots,
      CaptionRepository captions,
      PhotoRepository photos,
      VocabularyRepository vocabularies,
      ExampleRepository examples,
      PreparationRepository preparations,
      JobRepository jobs,
      ChunkRepository chunks,
      JobQueue queue,
      JobObserver observer,
      UnitOfWork unit,
      PhotoDecoder decoder,
      FeatureExtractor extractor) {
    return new Ports(
        List.of(files),
        datasets,
        snapshots,
        captions,
        photos,
        vocabularies,
        examples,
        preparations,
        jobs,
        chunks,
        queue,
        observer,
        unit,
        decoder,
        extractor);
  }
}

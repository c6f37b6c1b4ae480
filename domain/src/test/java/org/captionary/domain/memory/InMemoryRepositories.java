package org.captionary.domain.memory;

import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.preparation.ChunkRepository;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.FrequencyRepository;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.LookRepository;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.preparation.ReportRepository;
import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.preparation.ScoreRepository;
import org.captionary.domain.preparation.SnapshotRepository;
import org.captionary.domain.preparation.UnitOfWork;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.vocabulary.VocabularyRepository;

/** All repositories over tables in memory, for one thread; each passes its port's contract. */
public final class InMemoryRepositories implements Repositories {

  private final Store store = new Store();
  private final UnitOfWork unit = new InMemoryUnitOfWork(store);

  @Override
  public UnitOfWork unit() {
    return unit;
  }

  @Override
  public DatasetRepository datasets() {
    return new InMemoryDatasetRepository(store);
  }

  @Override
  public SnapshotRepository snapshots() {
    return new InMemorySnapshotRepository(store);
  }

  @Override
  public CaptionRepository captions() {
    return new InMemoryCaptionRepository(store);
  }

  @Override
  public JudgementRepository judgements() {
    return new InMemoryJudgementRepository(store);
  }

  @Override
  public PhotoRepository photos() {
    return new InMemoryPhotoRepository(store);
  }

  @Override
  public VocabularyRepository vocabularies() {
    return new InMemoryVocabularyRepository(store);
  }

  @Override
  public ExampleRepository examples() {
    return new InMemoryExampleRepository(store);
  }

  @Override
  public PreparationRepository preparations() {
    return new InMemoryPreparationRepository(store);
  }

  @Override
  public JobRepository jobs() {
    return new InMemoryJobRepository(store);
  }

  @Override
  public LookRepository looks() {
    return new InMemoryLookRepository(store);
  }

  @Override
  public ReportRepository reports() {
    return new InMemoryReportRepository(store);
  }

  public ScoreRepository scores() {
    return new InMemoryScoreRepository(store);
  }

  public FrequencyRepository frequencies() {
    return new InMemoryFrequencyRepository(store);
  }

  public FakeJobQueue queue() {
    return new FakeJobQueue(store);
  }

  @Override
  public ChunkRepository chunks() {
    return new InMemoryChunkRepository(store);
  }
}

package org.captionary.domain.preparation;

import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.vocabulary.VocabularyRepository;

/** Every repository over one store, and the unit of work that spans them. */
public interface Repositories {

  UnitOfWork unit();

  DatasetRepository datasets();

  SnapshotRepository snapshots();

  CaptionRepository captions();

  JudgementRepository judgements();

  PhotoRepository photos();

  VocabularyRepository vocabularies();

  ExampleRepository examples();

  PreparationRepository preparations();

  JobRepository jobs();

  LookRepository looks();

  ReportRepository reports();

  ChunkRepository chunks();
}

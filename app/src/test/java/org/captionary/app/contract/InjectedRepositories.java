package org.captionary.app.contract;

import jakarta.inject.Singleton;
import org.captionary.domain.caption.CaptionRepository;
import org.captionary.domain.caption.JudgementRepository;
import org.captionary.domain.photo.PhotoRepository;
import org.captionary.domain.preparation.ChunkRepository;
import org.captionary.domain.preparation.DatasetRepository;
import org.captionary.domain.preparation.JobRepository;
import org.captionary.domain.preparation.LookRepository;
import org.captionary.domain.preparation.Ports;
import org.captionary.domain.preparation.PreparationRepository;
import org.captionary.domain.preparation.ReportRepository;
import org.captionary.domain.preparation.Repositories;
import org.captionary.domain.preparation.SnapshotRepository;
import org.captionary.domain.preparation.UnitOfWork;
import org.captionary.domain.training.ExampleRepository;
import org.captionary.domain.vocabulary.VocabularyRepository;

/** The repositories as the service has them: PostgreSQL's. */
@Singleton
public class InjectedRepositories implements Repositories {

  private final Ports ports;

  InjectedRepositories(Ports ports) {
    this.ports = ports;
  }

  @Override
  public UnitOfWork unit() {
    return ports.unit();
  }

  @Override
  public DatasetRepository datasets() {
    return ports.datasets();
  }

  @Override
  public SnapshotRepository snapshots() {
    return ports.snapshots();
  }

  @Override
  public CaptionRepository captions() {
    return ports.captions();
  }

  @Override
  public JudgementRepository judgements() {
    return ports.judgements();
  }

  @Override
  public PhotoRepository photos() {
    return ports.photos();
  }

  @Override
  public VocabularyRepository vocabularies() {
    return ports.vocabularies();
  }

  @Override
  public ExampleRepository examples() {
    return ports.examples();
  }

  @Override
  public PreparationRepository preparations() {
    return ports.preparations();
  }

  @Override
  public JobRepository jobs() {
    return ports.jobs();
  }

  @Override
  public LookRepository looks() {
    return ports.looks();
  }

  @Override
  public ReportRepository reports() {
    return ports.reports();
  }

  @Override
  public ChunkRepository chunks() {
    return ports.chunks();
  }
}

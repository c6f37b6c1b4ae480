package org.captionary.persistence.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.captionary.domain.photo.ExtractorIdentity;
import org.captionary.domain.photo.SnapshotId;
import org.captionary.domain.preparation.Job;
import org.captionary.domain.preparation.JobId;
import org.captionary.domain.preparation.JobState;
import org.captionary.domain.preparation.Phase;
import org.captionary.domain.preparation.PreparationId;
import org.captionary.domain.preparation.RecipeFields;
import org.hibernate.annotations.Immutable;

/** Read only: a job changes by statements that say what must have been before. */
@Entity
@Immutable
@Table(name = "job")
class JobEntity {

  @Id Long id;

  @ManyToOne(fetch = FetchType.EAGER)
  @JoinColumn(name = "dataset_id")
  DatasetEntity dataset;

  String recipe;
  boolean force;
  String identity;

  @Enumerated(EnumType.STRING)
  JobState state;

  @Column(name = "extractor_id")
  Integer extractorId;

  @Enumerated(EnumType.STRING)
  Phase phase;

  @Column(name = "snapshot_id")
  Long snapshotId;

  String preparation;
  String error;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "ended_at")
  Instant endedAt;

  Job toDomain(Optional<ExtractorIdentity> extractor) {
    return new Job(
        new JobId(id),
        dataset.name,
        RecipeFields.read(Json.fields(recipe)),
        force,
        state,
        extractor,
        Optional.ofNullable(phase),
        Optional.ofNullable(snapshotId).map(SnapshotId::new),
        Optional.ofNullable(preparation).map(PreparationId::new),
        Optional.ofNullable(error),
        createdAt,
        Optional.ofNullable(startedAt),
        Optional.ofNullable(endedAt));
  }
}

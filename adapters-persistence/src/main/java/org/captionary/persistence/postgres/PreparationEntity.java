package org.captionary.persistence.postgres;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

@Entity
@Table(name = "preparation")
class PreparationEntity {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long key;

  @Column(name = "job_id")
  Long jobId;

  String id;

  @Column(name = "published_at")
  Instant publishedAt;

  String dataset;

  @ColumnTransformer(write = "?::jsonb")
  String recipe;

  @Column(name = "vocabulary_size")
  Integer vocabularySize;

  @Column(name = "max_length")
  Integer maxLength;

  @Column(name = "empty_captions")
  Long emptyCaptions;

  @ColumnTransformer(write = "?::jsonb")
  String figures;

  @Column(name = "extractor_id")
  Integer extractorId;

  @ColumnTransformer(write = "?::jsonb")
  String provenance;
}

package org.captionary.domain.preparation;

import java.util.List;
import org.captionary.domain.caption.Caption;
import org.captionary.domain.caption.CaptionChoice;
import org.captionary.domain.caption.CaptionCleaner;
import org.captionary.domain.caption.CleanCaption;
import org.captionary.domain.caption.Described;

/** Cleans photos' captions by a recipe, and keeps those that it chooses. One thread at a time. */
final class PhotoCleaner {

  private final CaptionCleaner cleaner;
  private final CaptionChoice choice;

  PhotoCleaner(Recipe recipe) {
    this.cleaner = new CaptionCleaner(recipe.cleaning());
    this.choice = recipe.captions();
  }

  Described<CleanCaption> clean(Described<Caption> photo) {
    return photo.with(this::chosen);
  }

  private List<CleanCaption> chosen(List<Caption> raw) {
    return choice.of(choice.among(raw).stream().map(cleaner::clean).toList());
  }
}

/**
 * A generated sample data set: drawn scenes, and captions that describe them, in Flickr8k's layout.
 * It needs no download and no licence, and gives the same bytes for the same seed.
 */
package org.captionary.app.sample;

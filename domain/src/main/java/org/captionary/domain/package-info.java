/**
 * What Captionary knows about photos, captions and training, in plain Java. The way of the data
 * reads from the packages: {@code photo}, {@code caption}, {@code vocabulary}, {@code training},
 * with {@code preparation} leading through them; each knows only those before it.
 */
package org.captionary.domain;

package org.perdita.lab.coco;

/**
 * What an object can be.
 *
 * @param id as in the file; ids need not be consecutive
 * @param name for people
 */
public record Category(int id, String name) {}

-- A batch writes all communications of a page anew at once, so the new rows need as much room as the old ones: with half of each
-- page free every update stays on its page (measured: all instead of a third), touches no index, and is twice as fast.
ALTER TABLE "communication" SET (fillfactor = 50);

"""bounceclass inside other programs: each module needs that program, or stands in for it."""

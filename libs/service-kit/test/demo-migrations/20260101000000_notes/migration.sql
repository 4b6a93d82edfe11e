CREATE TABLE note (workspace uuid NOT NULL, id uuid NOT NULL, text text NOT NULL, PRIMARY KEY (workspace, id));

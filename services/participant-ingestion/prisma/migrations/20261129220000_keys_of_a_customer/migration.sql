-- What identifies a customer who is erased. Ids of customers are ordered by time, so a block range index tells where they are, and
-- costs an import nothing that a tree would.
CREATE INDEX "identity_key_customer_id_idx" ON "identity_key" USING BRIN ("customer_id");

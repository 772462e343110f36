\echo Use "ALTER EXTENSION binds UPDATE TO '0.2.0'" to load this file. \quit
